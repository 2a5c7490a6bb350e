namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>varianceif(x, predicate)</c>: <c>variance</c> of the rows where the predicate is true.</summary>
internal sealed class VarianceIfFunction : ConditionalFunction
{
    public override string Name => "varianceif";

    protected override AggregateFunction Inner { get; } = new VarianceFunction();
}
