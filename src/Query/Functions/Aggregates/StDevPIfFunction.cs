namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>stdevpif(x, predicate)</c>: <c>stdevp</c> of the rows where the predicate is true.</summary>
internal sealed class StDevPIfFunction : ConditionalFunction
{
    public override string Name => "stdevpif";

    protected override AggregateFunction Inner { get; } = new StDevPFunction();
}
