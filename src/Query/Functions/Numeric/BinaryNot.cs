using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>All bits turned over.</summary>
internal sealed class BinaryNot() : UnaryFunction<long, long, BinaryNot.Operation>("binary_not(value:long) -> long")
{
    internal readonly struct Operation : IUnaryOperation<long, long>
    {
        public static bool TryApply(long value, out long result)
        {
            result = ~value;
            return true;
        }
    }
}
