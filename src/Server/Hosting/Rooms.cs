using Bongsu.Ingest;
using Bongsu.Server.Http;
using Bongsu.Server.Querying;
using Bongsu.Store;

namespace Bongsu.Server.Hosting;

/// <summary>Opens the rooms of the engine and hands them to the endpoints.</summary>
internal static class Rooms
{
    /// <summary>The tenant whose rules run.</summary>
    public const string AlertTenant = "default";

    /// <summary>Opens the database (bringing back every acknowledged row) and what stands on it.</summary>
    /// <exception cref="StoreException">The data directory is in use, or is not ours.</exception>
    public static async Task AddAsync(IServiceCollection services, ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var log = new StoreLog();
        Database database = await Database.OpenAsync(
            new StoreOptions
            {
                DataDirectory = options.DataDirectory,
                RetentionAge = options.RetentionAge,
                RetentionBytes = options.RetentionBytes,
                Notice = log.Write,
            },
            time,
            cancellation);
        services.AddSingleton(log);
        services.AddSingleton(_ => database);
        services.AddSingleton(new IngestGateway(database, time));
        services.AddSingleton<QueryGate>().AddSingleton<QueryEndpoints>().AddSingleton<TailEndpoint>().AddSingleton<IngestEndpoints>();
    }
}
