using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>binary_all_and(x)</c>: the bits set in all of the values.</summary>
internal sealed class BinaryAllAndFunction : BitwiseFunction<AndFold>
{
    public override string Name => "binary_all_and";
}
