using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.DynamicValues;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary>A binary arithmetic operator: its overloads for numbers here, those for times in the operator.</summary>
/// <remarks>
/// Integers give long, with a real real, with a decimal decimal. A result that does not fit its type is null, never
/// wrapped around.
/// A dynamic is cast to the other side's type; of two dynamics the numbers inside decide.
/// </remarks>
internal abstract class ArithmeticOperator<TLong, TReal, TDecimal> : SignedFunction
    where TLong : struct, IBinaryOperation<long, long, long>
    where TReal : struct, IBinaryOperation<double, double, double>
    where TDecimal : struct, IBinaryOperation<decimal, decimal, decimal>
{
    protected ArithmeticOperator(string name)
        : base($"{name}(left:any, right:any) -> any")
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        (ScalarType left, ScalarType right) = (types[0], types[1]);
        if (left == ScalarType.Dynamic && right == ScalarType.Dynamic)
        {
            return new RowKernel<DynamicVectorBuilder, DynamicOperation>(default, left, left, right);
        }

        left = left == ScalarType.Dynamic ? right : left;
        right = right == ScalarType.Dynamic ? left : right;
        if (left.IsNumeric() && right.IsNumeric())
        {
            return CommonType.OfNumbers(left, right) switch
            {
                ScalarType.Decimal => Kernel<decimal, decimal, decimal, TDecimal>(ScalarType.Decimal, ScalarType.Decimal, ScalarType.Decimal),
                ScalarType.Real => Kernel<double, double, double, TReal>(ScalarType.Real, ScalarType.Real, ScalarType.Real),
                _ => Kernel<long, long, long, TLong>(ScalarType.Long, ScalarType.Long, ScalarType.Long),
            };
        }

        return OfTimes(left, right) ?? throw new FunctionException(
            $"{Name} is not defined for {types[0].Name()} and {types[1].Name()}"
            + (Name == "+" && left == ScalarType.String ? "; use strcat()" : ""));
    }

    /// <summary>The kernel where a side is a datetime or timespan; null where there is none.</summary>
    protected abstract ScalarKernel? OfTimes(ScalarType left, ScalarType right);

    /// <summary>A kernel over ticks.</summary>
    protected static BinaryKernel<TLeft, TRight, TOut, TOperation> Kernel<TLeft, TRight, TOut, TOperation>(
        ScalarType result, ScalarType left, ScalarType right)
        where TLeft : unmanaged
        where TRight : unmanaged
        where TOut : unmanaged
        where TOperation : struct, IBinaryOperation<TLeft, TRight, TOut> =>
        new(result, left, right);

    private readonly struct DynamicOperation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader left = row.Dynamic(0);
            DynamicReader right = row.Dynamic(1);
            DynamicWriter writer = row.Scratch.Writer;
            if (left.Kind == DynamicKind.Long && right.Kind == DynamicKind.Long)
            {
                if (TLong.TryApply(left.AsLong, right.AsLong, out long integer))
                {
                    writer.WriteLong(integer);
                }
            }
            else if (DynamicOrder.IsNumber(left.Kind) && DynamicOrder.IsNumber(right.Kind)
                && RealParser.TryConvert(left, out double leftReal) && RealParser.TryConvert(right, out double rightReal)
                && TReal.TryApply(leftReal, rightReal, out double real))
            {
                writer.WriteReal(real);
            }

            output.Append(writer.Written);
        }
    }
}
