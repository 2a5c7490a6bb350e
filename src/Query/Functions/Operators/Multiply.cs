using Bongsu.Core.Types;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>*</c>; a timespan times a real is cut to whole ticks.</summary>
internal sealed class Multiply() : ArithmeticOperator<Multiply.OfLong, Multiply.OfReal, Multiply.OfDecimal>("*")
{
    protected override ScalarKernel? OfTimes(ScalarType left, ScalarType right) => (left, right) switch
    {
        (ScalarType.TimeSpan, _) when right.IsInteger() => Kernel<long, long, long, OfLong>(left, left, ScalarType.Long),
        (_, ScalarType.TimeSpan) when left.IsInteger() => Kernel<long, long, long, OfLong>(right, ScalarType.Long, right),
        (ScalarType.TimeSpan, _) when right.IsNumeric() => Kernel<long, double, long, ByReal>(left, left, ScalarType.Real),
        (_, ScalarType.TimeSpan) when left.IsNumeric() => Kernel<double, long, long, OfRealAndTicks>(right, ScalarType.Real, right),
        _ => null,
    };

    internal readonly struct OfLong : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result)
        {
            long high = Math.BigMul(left, right, out result);
            return high == result >> 63;
        }
    }

    internal readonly struct OfReal : IBinaryOperation<double, double, double>
    {
        public static bool TryApply(double left, double right, out double result)
        {
            result = left * right;
            return true;
        }
    }

    internal readonly struct OfDecimal : IBinaryOperation<decimal, decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result) =>
            DecimalArithmetic.TryApply(left, right, static (a, b) => a * b, out result);
    }

    private readonly struct ByReal : IBinaryOperation<long, double, long>
    {
        public static bool TryApply(long left, double right, out long result) => RealToLong.TryApply(left * right, out result);
    }

    private readonly struct OfRealAndTicks : IBinaryOperation<double, long, long>
    {
        public static bool TryApply(double left, long right, out long result) => RealToLong.TryApply(left * right, out result);
    }
}
