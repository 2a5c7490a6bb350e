using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Cotangent.</summary>
internal sealed class Cot() : RealFunction<Cot.Operation>("cot")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = 1 / Math.Tan(value);
            return true;
        }
    }
}
