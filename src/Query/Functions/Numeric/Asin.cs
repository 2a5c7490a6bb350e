using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Arc sine; null outside -1 … 1.</summary>
internal sealed class Asin() : RealFunction<Asin.Operation>("asin")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Asin(value);
            return !(Math.Abs(value) > 1);
        }
    }
}
