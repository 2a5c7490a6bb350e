using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>%</c>: never negative, 0 ≤ n % d &lt; abs(d); null for an integer divisor of 0, NaN for a real
/// one.</summary>
internal sealed class Remainder() : ArithmeticOperator<Remainder.OfLong, Remainder.OfReal, Remainder.OfDecimal>("%")
{
    protected override ScalarKernel? OfTimes(ScalarType left, ScalarType right) => (left, right) switch
    {
        (ScalarType.TimeSpan or ScalarType.DateTime, ScalarType.TimeSpan or ScalarType.DateTime) =>
            Kernel<long, long, long, OfLong>(ScalarType.TimeSpan, left, right),
        (ScalarType.TimeSpan, _) when right.IsInteger() => Kernel<long, long, long, OfLong>(left, left, ScalarType.Long),
        _ => null,
    };

    internal readonly struct OfLong : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result) => TickArithmetic.TryRemainder(left, right, out result);
    }

    internal readonly struct OfReal : IBinaryOperation<double, double, double>
    {
        public static bool TryApply(double left, double right, out double result)
        {
            result = left % right;
            result = result < 0 ? result + Math.Abs(right) : result;
            return true;
        }
    }

    internal readonly struct OfDecimal : IBinaryOperation<decimal, decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result)
        {
            result = right == 0 ? 0 : left % right;
            result = result < 0 ? result + Math.Abs(right) : result;
            return right != 0;
        }
    }
}
