using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>e to the power of x.</summary>
internal sealed class Exp() : RealFunction<Exp.Operation>("exp")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Exp(value);
            return true;
        }
    }
}
