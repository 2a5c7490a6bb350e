using Bongsu.Core.Types;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>+</c>.</summary>
internal sealed class Add() : ArithmeticOperator<Add.OfLong, Add.OfReal, Add.OfDecimal>("+")
{
    protected override ScalarKernel? OfTimes(ScalarType left, ScalarType right) => (left, right) switch
    {
        (ScalarType.TimeSpan, ScalarType.TimeSpan) => Kernel<long, long, long, OfLong>(left, left, right),
        (ScalarType.DateTime, ScalarType.TimeSpan) or (ScalarType.TimeSpan, ScalarType.DateTime) =>
            Kernel<long, long, long, OfDateTime>(ScalarType.DateTime, left, right),
        _ => null,
    };

    internal readonly struct OfLong : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result) => TickArithmetic.TryAdd(left, right, out result);
    }

    internal readonly struct OfReal : IBinaryOperation<double, double, double>
    {
        public static bool TryApply(double left, double right, out double result)
        {
            result = left + right;
            return true;
        }
    }

    internal readonly struct OfDecimal : IBinaryOperation<decimal, decimal, decimal>
    {
        public static bool TryApply(decimal left, decimal right, out decimal result) =>
            DecimalArithmetic.TryApply(left, right, static (a, b) => a + b, out result);
    }

    private readonly struct OfDateTime : IBinaryOperation<long, long, long>
    {
        public static bool TryApply(long left, long right, out long result) =>
            TickArithmetic.TryAdd(left, right, out result) && Ticks.IsDateTime(result);
    }
}
