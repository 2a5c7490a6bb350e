using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>and</c> and <c>or</c> with three values: a side that decides wins over null.</summary>
internal abstract class LogicOperator : SignedFunction
{
    private readonly bool _decisive;

    /// <param name="name">The operator.</param>
    /// <param name="decisive">The value that decides whatever the other side is: false for and, true for or.</param>
    protected LogicOperator(string name, bool decisive)
        : base($"{name}(left:bool, right:bool) -> bool")
    {
        _decisive = decisive;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel(_decisive);

    private sealed class Kernel(bool decisive) : ElementwiseKernel(ScalarType.Bool, ScalarType.Bool, ScalarType.Bool)
    {
        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var left = (FixedVector<bool>)arguments[0];
            var right = (FixedVector<bool>)arguments[1];
            bool[] results = GC.AllocateUninitializedArray<bool>(rowCount);
            for (int row = 0; row < results.Length; row++)
            {
                results[row] = decisive ? left[row] | right[row] : left[row] & right[row];
            }

            return left.HasNulls || right.HasNulls
                ? WithNulls(left, right, results)
                : new FixedVector<bool>(ScalarType.Bool, results, rowCount);
        }

        private FixedVector<bool> WithNulls(FixedVector<bool> left, FixedVector<bool> right, bool[] results)
        {
            var nulls = new NullTracker(null, results.Length);
            for (int row = 0; row < results.Length; row++)
            {
                bool isDecided = (!left.IsNull(row) && left[row] == decisive) || (!right.IsNull(row) && right[row] == decisive);
                if (isDecided)
                {
                    results[row] = decisive;
                }
                else if (left.IsNull(row) || right.IsNull(row))
                {
                    nulls.SetNull(row);
                }
                else
                {
                    results[row] = !decisive;
                }
            }

            return nulls.Finish(ScalarType.Bool, results, results.Length);
        }
    }
}
