namespace Bongsu.Query.Functions.Aggregates;

/// <summary>
/// <c>covariancepif(x, y, predicate)</c>: <c>covariancep</c> of the rows where the predicate is true.
/// </summary>
internal sealed class CovariancePIfFunction : ConditionalFunction
{
    public override string Name => "covariancepif";

    protected override AggregateFunction Inner { get; } = new CovariancePFunction();

    protected override int PredicateIndex => 2;
}
