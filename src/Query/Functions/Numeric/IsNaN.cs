using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>True for NaN.</summary>
internal sealed class IsNaN() : RealPredicate<IsNaN.Operation>("isnan")
{
    internal readonly struct Operation : IUnaryOperation<double, bool>
    {
        public static bool TryApply(double value, out bool result)
        {
            result = double.IsNaN(value);
            return true;
        }
    }
}
