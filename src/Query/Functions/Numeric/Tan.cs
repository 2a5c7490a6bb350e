using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Tangent.</summary>
internal sealed class Tan() : RealFunction<Tan.Operation>("tan")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Tan(value);
            return true;
        }
    }
}
