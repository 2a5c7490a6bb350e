namespace Bongsu.Stream.Events;

/// <summary>
/// What a continuous query watches in its rows one by one, in order of event time, where windows of aggregates do not
/// tell enough. The query gives rows (no <c>summarize</c>) and keeps their <c>timestamp</c>.
/// </summary>
public abstract record EventSpec
{
    /// <summary>Columns of the rows whose values tell keys apart; empty = one key.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Further columns of the rows that are looked at.</summary>
    internal virtual IEnumerable<string> Watched => [];
}
