using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>-1, 0 or 1; NaN for NaN.</summary>
internal sealed class Sign() : RealFunction<Sign.Operation>("sign")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = double.IsNaN(value) ? value : Math.Sign(value);
            return true;
        }
    }
}
