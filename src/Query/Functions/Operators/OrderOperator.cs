using System.Numerics;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.DynamicValues;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>&lt; &lt;= &gt; &gt;=</c> of numbers, bools, datetimes and timespans; a null on either side gives
/// null.</summary>
/// <typeparam name="TOrder">Which of them.</typeparam>
internal abstract class OrderOperator<TOrder> : SignedFunction
    where TOrder : struct, IOrder
{
    protected OrderOperator(string name)
        : base($"{name}(left:any, right:any) -> bool")
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        ScalarType common = Common(types[0], types[1]);
        return common switch
        {
            ScalarType.Int => Kernel<int>(common),
            ScalarType.Real => Kernel<double>(common),
            ScalarType.Decimal => Kernel<decimal>(common),
            ScalarType.Dynamic => new RowKernel<FixedVectorBuilder<bool>, DynamicOperation>(default, ScalarType.Bool, common, common),
            _ => Kernel<long>(common),
        };
    }

    private static BinaryKernel<T, T, bool, Operation<T>> Kernel<T>(ScalarType type)
        where T : unmanaged, IComparisonOperators<T, T, bool> =>
        new(ScalarType.Bool, type, type);

    private ScalarType Common(ScalarType left, ScalarType right)
    {
        bool isTime = left is ScalarType.DateTime or ScalarType.TimeSpan;
        if (left == right && (left.IsNumeric() || isTime || left == ScalarType.Dynamic))
        {
            return left;
        }

        if (left == ScalarType.String || right == ScalarType.String)
        {
            throw new FunctionException($"{Name} does not order strings; use strcmp()", left == ScalarType.String ? 0 : 1);
        }

        ScalarType? common = left == ScalarType.Guid || right == ScalarType.Guid ? null : CommonType.ForEquality(left, right);
        return common switch
        {
            null => throw new FunctionException($"{Name} cannot order {left.Name()} and {right.Name()}", 1),
            ScalarType.Bool => ScalarType.Long,
            _ => common.Value,
        };
    }

    private readonly struct Operation<T> : IBinaryOperation<T, T, bool>
        where T : IComparisonOperators<T, T, bool>
    {
        public static bool TryApply(T left, T right, out bool result)
        {
            result = TOrder.Holds(left, right);
            return true;
        }
    }

    private readonly struct DynamicOperation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output)
        {
            if (Compare(row.Dynamic(0), row.Dynamic(1)) is int order)
            {
                output.Append(TOrder.Holds(order, 0));
            }
            else
            {
                output.AppendNull();
            }
        }

        // Text is read as a number where the other side is one.
        private static int? Compare(DynamicReader left, DynamicReader right)
        {
            if (left.Kind == DynamicKind.String && DynamicOrder.IsNumber(right.Kind))
            {
                return RealParser.TryParse(left.Utf8, out double parsed) && RealParser.TryConvert(right, out double number)
                    ? parsed.CompareTo(number)
                    : null;
            }

            return right.Kind == DynamicKind.String && DynamicOrder.IsNumber(left.Kind) ? -Compare(right, left) : DynamicOrder.Compare(left, right);
        }
    }
}
