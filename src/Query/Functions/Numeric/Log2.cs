using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Logarithm to base 2; null for negative numbers.</summary>
internal sealed class Log2() : RealFunction<Log2.Operation>("log2")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Log2(value);
            return !(value < 0);
        }
    }
}
