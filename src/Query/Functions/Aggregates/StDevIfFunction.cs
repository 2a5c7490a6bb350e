namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>stdevif(x, predicate)</c>: <c>stdev</c> of the rows where the predicate is true.</summary>
internal sealed class StDevIfFunction : ConditionalFunction
{
    public override string Name => "stdevif";

    protected override AggregateFunction Inner { get; } = new StDevFunction();
}
