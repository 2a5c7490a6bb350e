using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Windows;

/// <summary>Numbers the rows from 1, or from a given start; begins anew where a condition holds.</summary>
internal sealed class RowNumber() : SignedFunction("row_number(start:long?, restart:bool?) -> long")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel(types);

    private sealed class Kernel(ScalarType[] types) : WindowKernel(ScalarType.Long, types)
    {
        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            long[] numbers = new long[rowCount];
            long number = 0;
            for (int row = 0; row < rowCount; row++)
            {
                bool begins = row == 0 || Restarts(arguments, 1, row);
                number = !begins ? number + 1
                    : arguments.Length > 0 && !arguments[0].IsNull(row) ? ((FixedVector<long>)arguments[0])[row]
                    : 1;
                numbers[row] = number;
            }

            return new FixedVector<long>(ScalarType.Long, numbers, rowCount);
        }
    }
}
