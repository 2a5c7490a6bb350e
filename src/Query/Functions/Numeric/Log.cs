using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Natural logarithm; null for negative numbers.</summary>
internal sealed class Log() : RealFunction<Log.Operation>("log")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Log(value);
            return !(value < 0);
        }
    }
}
