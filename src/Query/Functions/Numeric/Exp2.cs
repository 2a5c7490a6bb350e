using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>2 to the power of x.</summary>
internal sealed class Exp2() : RealFunction<Exp2.Operation>("exp2")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = double.Exp2(value);
            return true;
        }
    }
}
