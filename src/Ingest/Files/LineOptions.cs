namespace Bongsu.Ingest.Files;

/// <summary>How lines are read.</summary>
public sealed record LineOptions
{
    /// <summary>Zone of times that name none; the machine's unless set.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Whether stack traces and torn lines are joined; false gives exactly one row a line.</summary>
    public bool Join { get; init; } = true;

    /// <summary>Field of JSON and logfmt lines to take the time from before all others; null for the usual
    /// names.</summary>
    public string? TimeField { get; init; }
}
