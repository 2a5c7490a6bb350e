using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Bits set in both.</summary>
internal sealed class BinaryAnd() : BitFunction<BinaryAnd.Operation>("binary_and")
{
    internal readonly struct Operation : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            result = left & right;
            return true;
        }
    }
}
