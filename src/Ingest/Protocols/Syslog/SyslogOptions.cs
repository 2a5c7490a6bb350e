using System.Net;

namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Where syslog is listened for and what becomes of it.</summary>
public sealed record SyslogOptions
{
    /// <summary>Address and port, for UDP and TCP both; port 0 takes a free one.</summary>
    public required IPEndPoint Endpoint { get; init; }

    /// <summary>Tenant the rows belong to.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>Table the rows go to.</summary>
    public string Table { get; init; } = "syslog";

    /// <summary>Zone of times that name none (RFC 3164).</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Longest message taken whole; of a longer one the beginning is kept, marked <c>truncated</c>.</summary>
    public int MaxMessageBytes { get; init; } = 256 << 10;

    /// <summary>TCP connections at once; further ones are closed at once.</summary>
    public int MaxConnections { get; init; } = 1_000;

    /// <summary>A TCP connection that says nothing for so long is closed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Rows stored together at most.</summary>
    public int BatchRows { get; init; } = 5_000;

    /// <summary>How long a row waits for others to be stored with.</summary>
    public TimeSpan FlushAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Bytes of datagrams that may wait to be read; past it they are dropped and counted.</summary>
    public int UdpQueueBytes { get; init; } = 32 << 20;
}
