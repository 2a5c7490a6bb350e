using Bongsu.Core.Types;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>/</c>; integers truncate toward zero and give null for a divisor of 0, reals follow IEEE 754.</summary>
internal sealed class Divide() : ArithmeticOperator<Divide.OfLong, Divide.OfReal, Divide.OfDecimal>("/")
{
    protected override ScalarKernel? OfTimes(ScalarType left, ScalarType right) => (left, right) switch
    {
        (ScalarType.TimeSpan or ScalarType.DateTime, ScalarType.TimeSpan or ScalarType.DateTime) =>
            Kernel<long, long, double, OfTicks>(ScalarType.Real, left, right),
        (ScalarType.TimeSpan, _) when right.IsInteger() => Kernel<long, long, long, OfLong>(left, left, ScalarType.Long),
        (ScalarType.TimeSpan, _) when right.IsNumeric() => Kernel<long, double, long, ByReal>(left, left, ScalarType.Real),
        _ => null,
    };

    internal readonly struct OfLong : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            bool fits = right != 0 && (right != -1 || left != long.MinValue);
            result = fits ? left / right : 0;
            return fits;
        }
    }

    internal readonly struct OfReal : IBinaryOperation<double, double, double>
    {
        public static bool TryApply(double left, double right, out double result)
        {
            result = left / right;
            return true;
        }
    }

    internal readonly struct OfDecimal : IBinaryOperation<decimal, decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result)
        {
            result = 0;
            return right != 0 && DecimalArithmetic.TryApply(left, right, static (a, b) => a / b, out result);
        }
    }

    private readonly struct OfTicks : IBinaryOperation<long, long, double>
    {
        public static bool TryApply(long left, long right, out double result)
        {
            result = (double)left / right;
            return true;
        }
    }

    private readonly struct ByReal : IBinaryOperation<long, double, long>
    {
        public static bool TryApply(long left, double right, out long result) => RealToLong.TryApply(left / right, out result);
    }
}
