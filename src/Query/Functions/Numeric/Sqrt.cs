using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Square root; null for negative numbers.</summary>
internal sealed class Sqrt() : RealFunction<Sqrt.Operation>("sqrt")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Sqrt(value);
            return !(value < 0);
        }
    }
}
