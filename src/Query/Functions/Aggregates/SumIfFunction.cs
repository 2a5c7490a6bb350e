namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>sumif(x, predicate)</c>: <c>sum</c> of the rows where the predicate is true.</summary>
internal sealed class SumIfFunction : ConditionalFunction
{
    public override string Name => "sumif";

    protected override AggregateFunction Inner { get; } = new SumFunction();
}
