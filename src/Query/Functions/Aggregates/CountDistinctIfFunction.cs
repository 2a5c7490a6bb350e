namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>count_distinctif(x, predicate)</c>: <c>count_distinct</c> of the rows where the predicate is true.
/// </summary>
internal sealed class CountDistinctIfFunction : ConditionalFunction
{
    public override string Name => "count_distinctif";

    protected override AggregateFunction Inner { get; } = new CountDistinctFunction();
}
