using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>stdevp(x)</c>: standard deviation of a population.</summary>
internal sealed class StDevPFunction : MomentsFunction
{
    public override string Name => "stdevp";

    protected override MomentsKind Kind => MomentsKind.Population | MomentsKind.Root;
}
