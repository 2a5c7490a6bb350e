using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>The error function.</summary>
internal sealed class Erf() : RealFunction<Erf.Operation>("erf")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = SpecialFunctions.Erf(value);
            return true;
        }
    }
}
