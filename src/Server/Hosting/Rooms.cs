using Bongsu.Alert;
using Bongsu.Ingest;
using Bongsu.Server.Http;
using Bongsu.Server.Querying;
using Bongsu.Store;

namespace Bongsu.Server.Hosting;

/// <summary>The open rooms of the engine: opened in the order data flows, closed in the opposite one.</summary>
internal sealed class Rooms : IAsyncDisposable
{
    /// <summary>The tenant whose rules run.</summary>
    public const string AlertTenant = "default";

    private readonly Database _database;
    private readonly AlertEngine _alerts;
    private readonly IngestGateway _gateway;

    private Rooms(Database database, AlertEngine alerts, IngestGateway gateway)
    {
        _database = database;
        _alerts = alerts;
        _gateway = gateway;
    }

    /// <summary>Opens the database (bringing back every acknowledged row) and what stands on it.</summary>
    /// <exception cref="StoreException">The data directory is in use, or is not ours.</exception>
    public static async Task<Rooms> OpenAsync(ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        Database database = await Database.OpenAsync(StoreOptionsOf(options), time, cancellation);
        try
        {
            var alertOptions = new AlertOptions
            {
                Tenant = AlertTenant,
                RulesDirectory = options.RulesDirectory,
                WebAddress = options.Http.Port == 0 ? null : options.WebAddress,
                Notice = (level, text, cause) => OperatorLog.Write("alert", level, text, cause),
            };
            AlertEngine alerts = await AlertEngine.StartAsync(alertOptions, database, time, cancellation);
            return new Rooms(database, alerts, new IngestGateway(database, time));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands the rooms to the endpoints.</summary>
    public void AddTo(IServiceCollection services) => services
        .AddSingleton(_database)
        .AddSingleton(_alerts)
        .AddSingleton(_gateway)
        .AddSingleton<QueryGate>()
        .AddSingleton<QueryEndpoints>()
        .AddSingleton<TailEndpoint>()
        .AddSingleton<IngestEndpoints>()
        .AddSingleton<ElasticsearchEndpoints>()
        .AddSingleton<OtlpEndpoints>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _alerts.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static StoreOptions StoreOptionsOf(ServerOptions options)
    {
        var defaults = new StoreOptions { DataDirectory = options.DataDirectory };
        return defaults with
        {
            CutBytes = options.CutBytes ?? defaults.CutBytes,
            CutAge = options.CutAge ?? defaults.CutAge,
            RetentionAge = options.RetentionAge,
            RetentionBytes = options.RetentionBytes,
            Notice = notice => OperatorLog.Write("store", notice.Level.ToString().ToLowerInvariant(), notice.Message, notice.Exception),
        };
    }
}
