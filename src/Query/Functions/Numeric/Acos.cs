using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Arc cosine; null outside -1 … 1.</summary>
internal sealed class Acos() : RealFunction<Acos.Operation>("acos")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Acos(value);
            return !(Math.Abs(value) > 1);
        }
    }
}
