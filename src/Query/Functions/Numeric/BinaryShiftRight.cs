using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Shifts right, keeping the sign, by a number of bits modulo 64; null for a negative number.</summary>
internal sealed class BinaryShiftRight() : BitFunction<BinaryShiftRight.Operation>(
    "binary_shift_right", "value", "shift")
{
    internal readonly struct Operation : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            result = left >> (int)(right & 63);
            return right >= 0;
        }
    }
}
