using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>max(x)</c>: the largest value that is not null; null where there is none.</summary>
internal sealed class MaxFunction : ExtremeFunction<LargestFirst>
{
    public override string Name => "max";
}
