using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>covariance(x, y)</c>: covariance of a sample.</summary>
internal sealed class CovarianceFunction : MomentsFunction
{
    public override string Name => "covariance";

    protected override MomentsKind Kind => MomentsKind.Sample;

    protected override int VariableCount => 2;
}
