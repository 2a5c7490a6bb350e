using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>min(x)</c>: the smallest value that is not null; null where there is none.</summary>
internal sealed class MinFunction : ExtremeFunction<SmallestFirst>
{
    public override string Name => "min";
}
