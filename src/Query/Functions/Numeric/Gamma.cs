using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>The gamma function.</summary>
internal sealed class Gamma() : RealFunction<Gamma.Operation>("gamma")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = SpecialFunctions.Gamma(value);
            return true;
        }
    }
}
