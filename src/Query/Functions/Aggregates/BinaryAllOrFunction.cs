using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>binary_all_or(x)</c>: the bits set in any of the values.</summary>
internal sealed class BinaryAllOrFunction : BitwiseFunction<OrFold>
{
    public override string Name => "binary_all_or";
}
