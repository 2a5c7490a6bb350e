namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>minif(x, predicate)</c>: <c>min</c> of the rows where the predicate is true.</summary>
internal sealed class MinIfFunction : ConditionalFunction
{
    public override string Name => "minif";

    protected override AggregateFunction Inner { get; } = new MinFunction();
}
