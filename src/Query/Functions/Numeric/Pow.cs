using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>x to the power of y.</summary>
internal sealed class Pow() : BinaryFunction<double, double, double, Pow.Operation>(
    "pow(base:number, exponent:number) -> real")
{
    internal readonly struct Operation : IBinaryOperation<double, double, double>
    {
        public static bool TryApply(double left, double right, out double result)
        {
            result = Math.Pow(left, right);
            return true;
        }
    }
}
