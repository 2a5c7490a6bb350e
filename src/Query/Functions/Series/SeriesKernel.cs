using System.Runtime.CompilerServices;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Series;

/// <summary>Runs a series function over rows. What it found for a vector it keeps as long as the vector lives: each of
/// several results asks for all of them.</summary>
internal sealed class SeriesKernel<TOperation> : ScalarKernel
    where TOperation : struct, ISeriesOperation
{
    private readonly RowKernel<DynamicVectorBuilder, Operation> _rows;
    private readonly ConditionalWeakTable<Vector, Vector> _found = [];

    public SeriesKernel(TOperation operation, ScalarType[] types)
        : base(ScalarType.Dynamic, types)
    {
        _rows = new RowKernel<DynamicVectorBuilder, Operation>(new Operation(operation), ScalarType.Dynamic, types);
    }

    public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        // All arguments but the first are the same for all rows.
        if (_found.TryGetValue(arguments[0], out Vector? known) && known.Length == rowCount)
        {
            return known;
        }

        Vector result = _rows.Evaluate(arguments, rowCount, context);
        _found.AddOrUpdate(arguments[0], result);
        return result;
    }

    private readonly struct Operation(TOperation operation) : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            row.Scratch.Context.Cancellation.ThrowIfCancellationRequested();
            if (row.IsNull(0) || SeriesArray.Read(row.Dynamic(0)) is not { } series)
            {
                output.AppendNull();
                return;
            }

            var writer = row.Scratch.Writer;
            operation.Write(series, writer);
            output.Append(writer.Written);
        }
    }
}
