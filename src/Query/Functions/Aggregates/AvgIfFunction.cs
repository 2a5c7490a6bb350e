namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>avgif(x, predicate)</c>: <c>avg</c> of the rows where the predicate is true.</summary>
internal sealed class AvgIfFunction : ConditionalFunction
{
    public override string Name => "avgif";

    protected override AggregateFunction Inner { get; } = new AvgFunction();
}
