using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A function of two fixed-width arguments; a null on either side gives null.</summary>
internal sealed class BinaryKernel<TLeft, TRight, TOut, TOperation> : ElementwiseKernel
    where TLeft : unmanaged
    where TRight : unmanaged
    where TOut : unmanaged
    where TOperation : struct, IBinaryOperation<TLeft, TRight, TOut>
{
    public BinaryKernel(ScalarType resultType, ScalarType leftType, ScalarType rightType)
        : base(resultType, leftType, rightType)
    {
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var left = (FixedVector<TLeft>)arguments[0];
        var right = (FixedVector<TRight>)arguments[1];
        if ((left.IsConstant && left.IsNull(0)) || (right.IsConstant && right.IsNull(0)))
        {
            return Vector.Nulls(ResultType, rowCount);
        }

        TOut[] results = GC.AllocateUninitializedArray<TOut>(rowCount);
        var nulls = new NullTracker(left.IsConstant ? null : left.Validity, right.IsConstant ? null : right.Validity, rowCount);
        if (right.IsConstant && !left.IsConstant)
        {
            MapLeft(left.Values, right[0], results, ref nulls);
        }
        else if (left.IsConstant && !right.IsConstant)
        {
            MapRight(left[0], right.Values, results, ref nulls);
        }
        else
        {
            MapBoth(left, right, results, ref nulls);
        }

        return nulls.Finish(ResultType, results, rowCount);
    }

    private static void MapLeft(ReadOnlySpan<TLeft> left, TRight right, Span<TOut> results, ref NullTracker nulls)
    {
        for (int row = 0; row < left.Length; row++)
        {
            if (!TOperation.TryApply(left[row], right, out results[row]))
            {
                nulls.SetNull(row);
            }
        }
    }

    private static void MapRight(TLeft left, ReadOnlySpan<TRight> right, Span<TOut> results, ref NullTracker nulls)
    {
        for (int row = 0; row < right.Length; row++)
        {
            if (!TOperation.TryApply(left, right[row], out results[row]))
            {
                nulls.SetNull(row);
            }
        }
    }

    private static void MapBoth(FixedVector<TLeft> left, FixedVector<TRight> right, Span<TOut> results, ref NullTracker nulls)
    {
        for (int row = 0; row < results.Length; row++)
        {
            if (!TOperation.TryApply(left[row], right[row], out results[row]))
            {
                nulls.SetNull(row);
            }
        }
    }
}
