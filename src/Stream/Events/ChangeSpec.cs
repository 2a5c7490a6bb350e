namespace Bongsu.Stream.Events;

/// <summary>A key's columns have other values than in its row before.</summary>
/// <param name="Columns">Columns compared, together.</param>
/// <param name="Within">Only where the row before is no older than this; null = however old.</param>
/// <param name="IgnoresNull">True: rows where all of them are null (or empty) are passed over.</param>
public sealed record ChangeSpec(IReadOnlyList<string> Columns, TimeSpan? Within, bool IgnoresNull) : EventSpec
{
    /// <inheritdoc/>
    internal override IEnumerable<string> Watched => Columns;
}
