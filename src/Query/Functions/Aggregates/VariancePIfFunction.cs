namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>variancepif(x, predicate)</c>: <c>variancep</c> of the rows where the predicate is true.</summary>
internal sealed class VariancePIfFunction : ConditionalFunction
{
    public override string Name => "variancepif";

    protected override AggregateFunction Inner { get; } = new VariancePFunction();
}
