using System.Net;
using Bongsu.Alert;
using Bongsu.Ingest;
using Bongsu.Ingest.Pipelines;
using Bongsu.Ingest.Protocols.Syslog;
using Bongsu.Server.Configuration;
using Bongsu.Server.Http;
using Bongsu.Server.Querying;
using Bongsu.Store;

namespace Bongsu.Server.Hosting;

/// <summary>The open rooms of the engine: opened in the order data flows, closed in the opposite one.</summary>
internal sealed class Rooms : IAsyncDisposable
{
    /// <summary>The tenant whose rules run.</summary>
    public const string AlertTenant = "default";

    private static readonly TimeSpan s_syslogGrace = TimeSpan.FromSeconds(3);
    private readonly Database _database;
    private readonly AlertEngine _alerts;
    private readonly IngestGateway _gateway;
    private readonly SyslogListener? _syslog;
    private readonly PipelineReloader? _pipelines;

    private Rooms(
        Database database, AlertEngine alerts, IngestGateway gateway, SyslogListener? syslog, PipelineReloader? pipelines)
    {
        _database = database;
        _alerts = alerts;
        _gateway = gateway;
        _syslog = syslog;
        _pipelines = pipelines;
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
            alertOptions = options.StormRules is { } storm ? alertOptions with { StormRules = storm } : alertOptions;
            AlertEngine alerts = await AlertEngine.StartAsync(alertOptions, database, time, cancellation);
            PipelineFolder? pipelines = LoadPipelines(options);
            var gateway = new IngestGateway(
                database, time, pipelines is null ? null : pipelines.Apply, budget: new IngestBudget(options.IngestMemoryBytes));
            return new Rooms(
                database, alerts, gateway, OpenSyslog(options, gateway, time),
                pipelines is null ? null : new PipelineReloader(pipelines, time));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The way in.</summary>
    public IngestGateway Gateway => _gateway;

    /// <summary>Where syslog listens, or null.</summary>
    public IPEndPoint? SyslogEndpoint => _syslog?.Endpoint;

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
        .AddSingleton<OtlpEndpoints>()
        .AddSingleton<BacktestEndpoint>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_syslog is not null)
        {
            await _syslog.StopAsync(s_syslogGrace);
            await _syslog.DisposeAsync();
        }

        if (_pipelines is not null)
        {
            await _pipelines.DisposeAsync();
        }

        await _alerts.DisposeAsync();
        await _database.DisposeAsync();
    }

    // Rows must not pass unmasked: a wrong pipeline stops the start, where a later one only keeps the old set.
    private static PipelineFolder? LoadPipelines(ServerOptions options)
    {
        if (options.PipelinesDirectory is null)
        {
            return null;
        }

        try
        {
            return new PipelineFolder(options.PipelinesDirectory);
        }
        catch (PipelineException error)
        {
            throw new SettingsException($"--pipelines {options.PipelinesDirectory}: {error.Message}");
        }
    }

    private static SyslogListener? OpenSyslog(ServerOptions options, IngestGateway gateway, TimeProvider time)
    {
        if (options.Syslog is not { } address)
        {
            return null;
        }

        var syslog = new SyslogListener(
            new SyslogOptions { Endpoint = new IPEndPoint(address.Address, address.Port) },
            gateway,
            time,
            text => OperatorLog.Write("syslog", "warn", text, null));
        syslog.Start();
        return syslog;
    }

    private static StoreOptions StoreOptionsOf(ServerOptions options)
    {
        var defaults = new StoreOptions { DataDirectory = options.DataDirectory };
        return defaults with
        {
            CutBytes = options.CutBytes ?? defaults.CutBytes,
            CutAge = options.CutAge ?? defaults.CutAge,
            HeadBudgetBytes = options.HeadMemoryBytes ?? defaults.HeadBudgetBytes,
            RetentionAge = options.RetentionAge,
            RetentionBytes = options.RetentionBytes,
            Notice = notice => OperatorLog.Write("store", notice.Level.ToString().ToLowerInvariant(), notice.Message, notice.Exception),
        };
    }
}
