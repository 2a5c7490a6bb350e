using Bongsu.Server.Configuration;

namespace Bongsu.Server.Hosting;

/// <summary>Everything <c>bongsu serve</c> can be told.</summary>
internal sealed record ServerOptions
{
    /// <summary>Where all data rests.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where HTTP listens.</summary>
    public required ListenAddress Http { get; init; }

    /// <summary>Where syslog listens (UDP and TCP), or null.</summary>
    public ListenAddress? Syslog { get; init; }

    /// <summary>Folder of rule files, or null.</summary>
    public string? RulesDirectory { get; init; }

    /// <summary>So many rules that fire within a minute are told as one alert; 0 = never, null = as many as the engine
    /// thinks right.</summary>
    public int? StormRules { get; init; }

    /// <summary>Folder of pipeline files, or null.</summary>
    public string? PipelinesDirectory { get; init; }

    /// <summary>PEM certificate chain, with <see cref="TlsKeyFile"/>; HTTP is then HTTPS.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>PEM private key.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>Names a browser or client may reach the server by, beside loopback.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Largest request body as sent.</summary>
    public long MaxBodyBytes { get; init; } = 64L << 20;

    /// <summary>Largest request body once decompressed.</summary>
    public long MaxInflatedBytes { get; init; } = 256L << 20;

    /// <summary>Memory of requests while they come in.</summary>
    public long IngestMemoryBytes { get; init; } = 256L << 20;

    /// <summary>Memory of rows on their way to parts; null for the store's default.</summary>
    public long? HeadMemoryBytes { get; init; }

    /// <summary>Memory of one query.</summary>
    public long QueryMemoryBytes { get; init; } = 1L << 30;

    /// <summary>Longest time of one query.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Queries that run at once; more are answered 429.</summary>
    public int MaxConcurrentQueries { get; init; } = 32;

    /// <summary>Age after which parts are dropped, or null to keep them.</summary>
    public TimeSpan? RetentionAge { get; init; }

    /// <summary>Bytes of all parts after which the oldest are dropped, or null for 80 % of the disk.</summary>
    public long? RetentionBytes { get; init; }

    /// <summary>A table's rows in memory are cut into parts at this size; null for the store's default.</summary>
    public long? CutBytes { get; init; }

    /// <summary>A table's rows in memory are cut into parts at this age; null for the store's default.</summary>
    public TimeSpan? CutAge { get; init; }

    /// <summary>Address of the web UI, for links in messages.</summary>
    public string WebAddress => $"{(TlsCertificateFile is null ? "http" : "https")}://{Http}";

    /// <summary>True in <c>bongsu demo</c>, so that the web UI can explain itself.</summary>
    public bool IsDemo { get; init; }
}
