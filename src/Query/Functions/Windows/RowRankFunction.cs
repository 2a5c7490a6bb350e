using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.DynamicValues;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Windows;

/// <summary>Rank of each row by runs of equal values; begins anew where a condition holds.</summary>
internal abstract class RowRankFunction : SignedFunction
{
    private readonly bool _isDense;

    protected RowRankFunction(string name, bool isDense)
        : base($"{name}(term:any, restart:bool?) -> long")
    {
        _isDense = isDense;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel(_isDense, types);

    private sealed class Kernel(bool isDense, ScalarType[] types) : WindowKernel(ScalarType.Long, types)
    {
        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            long[] ranks = new long[rowCount];
            long position = 0;
            long rank = 0;
            for (int row = 0; row < rowCount; row++)
            {
                bool begins = row == 0 || Restarts(arguments, 1, row);
                position = begins ? 1 : position + 1;
                bool isNew = begins || !AreEqual(arguments[0], row - 1, row);
                rank = begins ? 1 : !isNew ? rank : isDense ? rank + 1 : position;
                ranks[row] = rank;
            }

            return new FixedVector<long>(ScalarType.Long, ranks, rowCount);
        }

        private static bool AreEqual(Vector vector, int left, int right)
        {
            if (vector.IsNull(left) || vector.IsNull(right))
            {
                return vector.IsNull(left) == vector.IsNull(right);
            }

            return vector switch
            {
                StringVector text => text[left].SequenceEqual(text[right]),
                DynamicVector dynamics => DynamicOrder.AreEqual(dynamics[left], dynamics[right]),
                FixedVector<long> values => values[left] == values[right],
                FixedVector<int> values => values[left] == values[right],
                FixedVector<double> values => values[left].Equals(values[right]),
                _ => Equals(vector.GetScalar(left), vector.GetScalar(right)),
            };
        }
    }
}
