using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>variance(x)</c>: variance of a sample.</summary>
internal sealed class VarianceFunction : MomentsFunction
{
    public override string Name => "variance";

    protected override MomentsKind Kind => MomentsKind.Sample;
}
