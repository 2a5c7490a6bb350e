namespace Bongsu.Ingest.Fields;

/// <summary>An event's time to the nanosecond.</summary>
/// <param name="Ticks">UTC, in 100 ns ticks since 0001-01-01.</param>
/// <param name="RemainderNs">What is left below a tick: 0 to 99 ns.</param>
public readonly record struct EventTime(long Ticks, int RemainderNs = 0);
