using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>True for positive and negative infinity.</summary>
internal sealed class IsInfinite() : RealPredicate<IsInfinite.Operation>("isinf")
{
    internal readonly struct Operation : IUnaryOperation<double, bool>
    {
        public static bool TryApply(double value, out bool result)
        {
            result = double.IsInfinity(value);
            return true;
        }
    }
}
