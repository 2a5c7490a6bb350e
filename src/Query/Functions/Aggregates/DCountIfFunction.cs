namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>dcountif(x, predicate, accuracy)</c>: <c>dcount</c> of the rows where the predicate is true.</summary>
internal sealed class DCountIfFunction : ConditionalFunction
{
    public override string Name => "dcountif";

    protected override AggregateFunction Inner { get; } = new DCountFunction();
}
