using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Bits set in either.</summary>
internal sealed class BinaryOr() : BitFunction<BinaryOr.Operation>("binary_or")
{
    internal readonly struct Operation : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            result = left | right;
            return true;
        }
    }
}
