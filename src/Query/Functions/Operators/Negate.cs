using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary>Unary minus, <c>-u</c>; an int becomes a long. The least integer has no counterpart and becomes
/// null.</summary>
internal sealed class Negate() : SignedFunction("-u(value:any) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        types[0] switch
        {
            ScalarType.Int or ScalarType.Long => new UnaryKernel<long, long, OfLong>(ScalarType.Long, ScalarType.Long),
            ScalarType.TimeSpan => new UnaryKernel<long, long, OfLong>(types[0], types[0]),
            ScalarType.Real or ScalarType.Dynamic =>
                new UnaryKernel<double, double, OfReal>(ScalarType.Real, ScalarType.Real),
            ScalarType.Decimal => new UnaryKernel<decimal, decimal, OfDecimal>(types[0], types[0]),
            _ => throw new FunctionException($"minus is not defined for {types[0].Name()}", 0),
        };

    private readonly struct OfLong : IUnaryOperation<long, long>
    {
        public static bool TryApply(long value, out long result)
        {
            result = unchecked(-value);
            return value != long.MinValue;
        }
    }

    private readonly struct OfReal : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = -value;
            return true;
        }
    }

    private readonly struct OfDecimal : IUnaryOperation<decimal, decimal>
    {
        public static bool TryApply(decimal value, out decimal result)
        {
            result = -value;
            return true;
        }
    }
}
