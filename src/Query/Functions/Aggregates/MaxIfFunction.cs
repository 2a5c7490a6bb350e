namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>maxif(x, predicate)</c>: <c>max</c> of the rows where the predicate is true.</summary>
internal sealed class MaxIfFunction : ConditionalFunction
{
    public override string Name => "maxif";

    protected override AggregateFunction Inner { get; } = new MaxFunction();
}
