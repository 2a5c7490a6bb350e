using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A function of one fixed-width argument; null gives null.</summary>
internal sealed class UnaryKernel<TIn, TOut, TOperation> : ElementwiseKernel
    where TIn : unmanaged
    where TOut : unmanaged
    where TOperation : struct, IUnaryOperation<TIn, TOut>
{
    public UnaryKernel(ScalarType resultType, ScalarType parameterType)
        : base(resultType, parameterType)
    {
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var argument = (FixedVector<TIn>)arguments[0];
        if (argument.IsConstant)
        {
            bool isValid = TOperation.TryApply(argument[0], out TOut single) && !argument.IsNull(0);
            return FixedVector<TOut>.Constant(ResultType, isValid ? single : default, !isValid, rowCount);
        }

        ReadOnlySpan<TIn> values = argument.Values;
        TOut[] results = GC.AllocateUninitializedArray<TOut>(values.Length);
        var nulls = new NullTracker(argument.Validity, rowCount);
        for (int row = 0; row < values.Length; row++)
        {
            if (!TOperation.TryApply(values[row], out results[row]))
            {
                nulls.SetNull(row);
            }
        }

        return nulls.Finish(ResultType, results, rowCount);
    }
}
