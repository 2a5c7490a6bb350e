using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Bits set in one only.</summary>
internal sealed class BinaryXor() : BitFunction<BinaryXor.Operation>("binary_xor")
{
    internal readonly struct Operation : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            result = left ^ right;
            return true;
        }
    }
}
