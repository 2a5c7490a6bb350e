using System.Numerics;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Number of bits that are set.</summary>
internal sealed class BitsetCountOnes() : UnaryFunction<long, long, BitsetCountOnes.Operation>(
    "bitset_count_ones(value:long) -> long")
{
    internal readonly struct Operation : IUnaryOperation<long, long>
    {
        public static bool TryApply(long value, out long result)
        {
            result = BitOperations.PopCount((ulong)value);
            return true;
        }
    }
}
