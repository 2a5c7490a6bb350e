using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>The least whole number not below; the type is kept.</summary>
internal sealed class Ceiling() : SignedFunction("ceiling(x:any) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => types[0] switch
    {
        ScalarType.Int or ScalarType.Long => new IdentityKernel(types[0]),
        ScalarType.Real or ScalarType.Dynamic => new UnaryKernel<double, double, OfReal>(ScalarType.Real, ScalarType.Real),
        ScalarType.Decimal => new UnaryKernel<decimal, decimal, OfDecimal>(types[0], types[0]),
        _ => throw new FunctionException($"ceiling() expects a number, got {types[0].Name()}", 0),
    };

    private readonly struct OfReal : IUnaryOperation<double, double>
    {
        public static bool TryApply(double value, out double result)
        {
            result = Math.Ceiling(value);
            return true;
        }
    }

    private readonly struct OfDecimal : IUnaryOperation<decimal, decimal>
    {
        public static bool TryApply(decimal value, out decimal result)
        {
            result = Math.Ceiling(value);
            return true;
        }
    }
}
