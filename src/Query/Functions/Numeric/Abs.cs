using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Absolute value; the type is kept, but an int becomes a long. The least integer has no counterpart and
/// becomes null.</summary>
internal sealed class Abs() : SignedFunction("abs(x:any) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        types[0] switch
        {
            ScalarType.Int or ScalarType.Long => new UnaryKernel<long, long, OfLong>(ScalarType.Long, ScalarType.Long),
            ScalarType.TimeSpan => new UnaryKernel<long, long, OfLong>(types[0], types[0]),
            ScalarType.Real or ScalarType.Dynamic =>
                new UnaryKernel<double, double, OfReal>(ScalarType.Real, ScalarType.Real),
            ScalarType.Decimal => new UnaryKernel<decimal, decimal, OfDecimal>(types[0], types[0]),
            _ => throw new FunctionException($"abs() expects a number or a timespan, got {types[0].Name()}", 0),
        };

    private readonly struct OfLong : IUnaryOperation<long, long>
    {
        public static bool TryApply(long value, out long result)
        {
            result = value < 0 ? unchecked(-value) : value;
            return result >= 0;
        }
    }

    private readonly struct OfReal : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Abs(value);
            return true;
        }
    }

    private readonly struct OfDecimal : IUnaryOperation<decimal, decimal>
    {
        public static bool TryApply(decimal value, out decimal result)
        {
            result = Math.Abs(value);
            return true;
        }
    }
}
