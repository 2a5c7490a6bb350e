using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>Runs a row operation over all rows.</summary>
/// <typeparam name="TOutput">The builder of the result.</typeparam>
/// <typeparam name="TOperation">The function; what depends on constants is prepared in it.</typeparam>
internal sealed class RowKernel<TOutput, TOperation> : ElementwiseKernel
    where TOutput : VectorBuilder
    where TOperation : struct, IRowOperation<TOutput>
{
    private readonly TOperation _operation;

    public RowKernel(TOperation operation, ScalarType resultType, params ScalarType[] parameterTypes)
        : base(resultType, parameterTypes)
    {
        _operation = operation;
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var output = (TOutput)VectorBuilder.Create(ResultType);
        var scratch = new RowScratch(context);
        TOperation operation = _operation;
        bool mayBeNull = false;
        foreach (Vector argument in arguments)
        {
            mayBeNull |= argument.HasNulls;
        }

        mayBeNull &= !TOperation.TakesNulls;
        for (int row = 0; row < rowCount; row++)
        {
            if ((row & 1023) == 1023)
            {
                context.Cancellation.ThrowIfCancellationRequested();
            }

            if (mayBeNull && AnyNull(arguments, row))
            {
                output.AppendNull();
            }
            else
            {
                operation.Append(new Row(arguments, row, scratch), output);
            }
        }

        return output.Build();
    }

    private static bool AnyNull(ReadOnlySpan<Vector> arguments, int row)
    {
        foreach (Vector argument in arguments)
        {
            if (argument.IsNull(row))
            {
                return true;
            }
        }

        return false;
    }
}
