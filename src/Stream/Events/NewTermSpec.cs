namespace Bongsu.Stream.Events;

/// <summary>Values that were not seen in the look-back. What the store holds of it is read when the query
/// starts.</summary>
/// <param name="Terms">Columns watched; several in one entry are watched together, as one value.</param>
/// <param name="LookBack">How long a value is remembered after its last row.</param>
public sealed record NewTermSpec(IReadOnlyList<IReadOnlyList<string>> Terms, TimeSpan LookBack) : EventSpec
{
    /// <inheritdoc/>
    internal override IEnumerable<string> Watched => Terms.SelectMany(columns => columns);
}
