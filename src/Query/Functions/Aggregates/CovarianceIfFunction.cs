namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>covarianceif(x, y, predicate)</c>: <c>covariance</c> of the rows where the predicate is true.</summary>
internal sealed class CovarianceIfFunction : ConditionalFunction
{
    public override string Name => "covarianceif";

    protected override AggregateFunction Inner { get; } = new CovarianceFunction();

    protected override int PredicateIndex => 2;
}
