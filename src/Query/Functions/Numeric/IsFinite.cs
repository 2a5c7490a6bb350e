using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>True for what is neither infinite nor NaN.</summary>
internal sealed class IsFinite() : RealPredicate<IsFinite.Operation>("isfinite")
{
    internal readonly struct Operation : IUnaryOperation<double, bool>
    {
        public static bool TryApply(double value, out bool result)
        {
            result = double.IsFinite(value);
            return true;
        }
    }
}
