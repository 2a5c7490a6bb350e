namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Names of facilities and severities (RFC 5424 section 6.2.1, in the short forms that loggers use).</summary>
internal static class SyslogNames
{
    /// <summary>Highest priority: facility 23, severity 7.</summary>
    public const int MaxPriority = 191;

    private static readonly byte[][] s_facilities =
    [
        "kern"u8.ToArray(), "user"u8.ToArray(), "mail"u8.ToArray(), "daemon"u8.ToArray(), "auth"u8.ToArray(), "syslog"u8.ToArray(),
        "lpr"u8.ToArray(), "news"u8.ToArray(), "uucp"u8.ToArray(), "cron"u8.ToArray(), "authpriv"u8.ToArray(), "ftp"u8.ToArray(),
        "ntp"u8.ToArray(), "audit"u8.ToArray(), "console"u8.ToArray(), "clock"u8.ToArray(), "local0"u8.ToArray(),
        "local1"u8.ToArray(), "local2"u8.ToArray(), "local3"u8.ToArray(), "local4"u8.ToArray(), "local5"u8.ToArray(),
        "local6"u8.ToArray(), "local7"u8.ToArray(),
    ];

    private static readonly byte[][] s_severities =
    [
        "emerg"u8.ToArray(), "alert"u8.ToArray(), "crit"u8.ToArray(), "err"u8.ToArray(), "warning"u8.ToArray(), "notice"u8.ToArray(),
        "info"u8.ToArray(), "debug"u8.ToArray(),
    ];

    /// <summary>The facility of a priority.</summary>
    public static ReadOnlySpan<byte> Facility(int priority) => s_facilities[priority >> 3];

    /// <summary>The severity of a priority.</summary>
    public static ReadOnlySpan<byte> Severity(int priority) => s_severities[priority & 7];
}
