using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Windows;

/// <summary>The sum of a column up to each row; nulls add nothing; begins anew where a condition holds.</summary>
internal sealed class RowCumSum() : SignedFunction("row_cumsum(term:any, restart:bool?) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        types[0] = types[0] == ScalarType.Dynamic ? ScalarType.Real : types[0];
        return types[0] switch
        {
            ScalarType.Int => new Kernel<int>(types),
            ScalarType.Long or ScalarType.TimeSpan => new Kernel<long>(types),
            ScalarType.Real => new Kernel<double>(types),
            ScalarType.Decimal => new Kernel<decimal>(types),
            _ => throw new FunctionException($"row_cumsum() expects a number or a timespan, got {types[0].Name()}", 0),
        };
    }

    private sealed class Kernel<T>(ScalarType[] types) : WindowKernel(types[0], types)
        where T : unmanaged, System.Numerics.IAdditionOperators<T, T, T>
    {
        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var term = (FixedVector<T>)arguments[0];
            T[] sums = new T[rowCount];
            T sum = default;
            for (int row = 0; row < rowCount; row++)
            {
                sum = Restarts(arguments, 1, row) ? default : sum;
                sum += term[row];
                sums[row] = sum;
            }

            return new FixedVector<T>(ResultType, sums, rowCount);
        }
    }
}
