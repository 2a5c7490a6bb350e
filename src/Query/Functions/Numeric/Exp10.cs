using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>10 to the power of x.</summary>
internal sealed class Exp10() : RealFunction<Exp10.Operation>("exp10")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = double.Exp10(value);
            return true;
        }
    }
}
