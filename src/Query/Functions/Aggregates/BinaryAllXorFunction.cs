using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Query.Functions.Aggregates;

/// <summary><c>binary_all_xor(x)</c>: the bits set in an odd number of of the values.</summary>
internal sealed class BinaryAllXorFunction : BitwiseFunction<XorFold>
{
    public override string Name => "binary_all_xor";
}
