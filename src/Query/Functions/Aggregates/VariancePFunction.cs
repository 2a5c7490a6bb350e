using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>variancep(x)</c>: variance of a population.</summary>
internal sealed class VariancePFunction : MomentsFunction
{
    public override string Name => "variancep";

    protected override MomentsKind Kind => MomentsKind.Population;
}
