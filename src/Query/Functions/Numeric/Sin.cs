using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Sine.</summary>
internal sealed class Sin() : RealFunction<Sin.Operation>("sin")
{
    internal readonly struct Operation : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Sin(value);
            return true;
        }
    }
}
