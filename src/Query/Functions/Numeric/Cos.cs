using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Cosine.</summary>
internal sealed class Cos() : RealFunction<Cos.Operation>("cos")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Cos(value);
            return true;
        }
    }
}
