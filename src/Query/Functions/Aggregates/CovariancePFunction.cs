using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>covariancep(x, y)</c>: covariance of a population.</summary>
internal sealed class CovariancePFunction : MomentsFunction
{
    public override string Name => "covariancep";

    protected override MomentsKind Kind => MomentsKind.Population;

    protected override int VariableCount => 2;
}
