using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Natural logarithm of the absolute gamma function.</summary>
internal sealed class LogGamma() : RealFunction<LogGamma.Operation>("loggamma")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = SpecialFunctions.LogGamma(value);
            return true;
        }
    }
}
