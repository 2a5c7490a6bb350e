namespace Bongsu.Ingest.Files;

/// <summary>Shapes of log lines, as flags: a file may hold several.</summary>
[Flags]
internal enum LineFormat
{
    /// <summary>None of the shapes below, and no time: plain text.</summary>
    None = 0,

    /// <summary>A JSON object.</summary>
    Json = 1,

    /// <summary>Key=value pairs throughout.</summary>
    Logfmt = 2,

    /// <summary>A web server's access log.</summary>
    Access = 4,

    /// <summary>Apache's error log.</summary>
    ApacheError = 8,

    /// <summary>Syslog of either RFC.</summary>
    Syslog = 16,

    /// <summary>Plain text with a time.</summary>
    Timed = 32,

    /// <summary>All shapes.</summary>
    All = Json | Logfmt | Access | ApacheError | Syslog | Timed,
}
