namespace Bongsu.Stream.Events;

/// <summary>An expected run: it may be missing, late, too short, too long, or never end.</summary>
/// <param name="StartColumn">Boolean column of the rows: a run begins.</param>
/// <param name="EndColumn">Boolean column of the rows: a run ends; null = runs are single rows.</param>
/// <param name="Schedule">When a run is expected to begin; null = only durations are watched.</param>
/// <param name="Grace">How late a run may begin; one that begins later is late, one that did not begin until the next is
/// expected is missing.</param>
/// <param name="Shortest">A run that ends sooner is too short; null = any.</param>
/// <param name="Longest">A run that has not ended by then is too long; null = any.</param>
public sealed record JobSpec(
    string StartColumn, string? EndColumn, JobSchedule? Schedule, TimeSpan Grace, TimeSpan? Shortest, TimeSpan? Longest)
    : EventSpec
{
    /// <inheritdoc/>
    internal override IEnumerable<string> Watched => EndColumn is null ? [StartColumn] : [StartColumn, EndColumn];
}
