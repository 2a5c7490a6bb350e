using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Logarithm to base 10; null for negative numbers.</summary>
internal sealed class Log10() : RealFunction<Log10.Operation>("log10")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Log10(value);
            return !(value < 0);
        }
    }
}
