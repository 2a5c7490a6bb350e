using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>arg_min(x, a, b …)</c>: the row with the smallest x.</summary>
internal sealed class ArgMinFunction : ArgumentOfExtremeFunction<SmallestFirst>
{
    public override string Name => "arg_min";

    public override IReadOnlyList<string> Aliases => ["argmin"];
}
