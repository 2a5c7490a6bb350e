using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Arc tangent.</summary>
internal sealed class Atan() : RealFunction<Atan.Operation>("atan")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Atan(value);
            return true;
        }
    }
}
