using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>arg_max(x, a, b …)</c>: the row with the largest x.</summary>
internal sealed class ArgMaxFunction : ArgumentOfExtremeFunction<LargestFirst>
{
    public override string Name => "arg_max";

    public override IReadOnlyList<string> Aliases => ["argmax"];
}
