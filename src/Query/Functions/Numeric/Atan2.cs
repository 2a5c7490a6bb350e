using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Angle of the point (x, y) from the x axis, in radians.</summary>
internal sealed class Atan2() : BinaryFunction<double, double, double, Atan2.Operation>(
    "atan2(y:number, x:number) -> real")
{
    internal readonly struct Operation : IBinaryOperation<double, double, double>
    {
        public static bool TryApply(double left, double right, out double result)
        {
            result = Math.Atan2(left, right);
            return true;
        }
    }
}
