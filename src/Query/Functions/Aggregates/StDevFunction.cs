using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>stdev(x)</c>: standard deviation of a sample.</summary>
internal sealed class StDevFunction : MomentsFunction
{
    public override string Name => "stdev";

    protected override MomentsKind Kind => MomentsKind.Sample | MomentsKind.Root;
}
