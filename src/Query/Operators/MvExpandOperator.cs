using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Operators.Expanding;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary>
/// <c>mv-expand</c>: one row per element; several columns side by side, the shorter ones padded with null.
/// </summary>
internal sealed class MvExpandOperator : RowwiseOperator
{
    private readonly MvExpandPlan _plan;
    private readonly ExpressionEvaluator[] _arrays;

    public MvExpandOperator(QueryRun run, Operator input, MvExpandPlan plan)
        : base(run, input, plan.Schema)
    {
        _plan = plan;
        _arrays = plan.Columns.Select(column => new ExpressionEvaluator(column.Array)).ToArray();
    }

    protected override IEnumerable<Batch> Transform(Batch batch)
    {
        var arrays = new DynamicVector[_arrays.Length];
        for (int column = 0; column < arrays.Length; column++)
        {
            arrays[column] = (DynamicVector)_arrays[column].Evaluate(batch, Run.Evaluation);
        }

        ElementColumn[] elements = NewColumns();
        var rows = new List<int>();
        var itemIndexes = new List<long>();
        for (int row = 0; row < batch.RowCount; row++)
        {
            long count = Math.Min(_plan.RowLimit, RowsOf(arrays, row));
            for (int index = 0; index < count; index++)
            {
                rows.Add(row);
                itemIndexes.Add(index);
                for (int column = 0; column < elements.Length; column++)
                {
                    elements[column].Append(arrays[column][row], index);
                }

                if (rows.Count == Run.BatchRows)
                {
                    Run.Cancellation.ThrowIfCancellationRequested();
                    yield return Build(batch, rows, itemIndexes, elements);
                    rows.Clear();
                    itemIndexes.Clear();
                }
            }
        }

        if (rows.Count > 0)
        {
            yield return Build(batch, rows, itemIndexes, elements);
        }
    }

    // Null and plain values are one row each, an empty array is none; the longest column decides.
    private static int RowsOf(DynamicVector[] arrays, int row)
    {
        int most = 0;
        foreach (DynamicVector array in arrays)
        {
            DynamicReader value = array[row];
            most = Math.Max(most, value.Kind is DynamicKind.Array or DynamicKind.Bag ? value.Count : 1);
        }

        return most;
    }

    private ElementColumn[] NewColumns() =>
        _plan.Columns
            .Select(column => new ElementColumn(Schema[column.OutputIndex].Type, _plan.KindArray))
            .ToArray();

    private Batch Build(Batch batch, List<int> rows, List<long> itemIndexes, ElementColumn[] elements)
    {
        var columns = new Vector[Schema.Count];
        for (int column = 0; column < elements.Length; column++)
        {
            columns[_plan.Columns[column].OutputIndex] = elements[column].Build();
        }

        if (_plan.ItemIndexColumn >= 0)
        {
            columns[_plan.ItemIndexColumn] = new FixedVector<long>(ScalarType.Long, itemIndexes.ToArray(), rows.Count);
        }

        int[] sources = rows.ToArray();
        for (int column = 0; column < batch.Vectors.Length; column++)
        {
            columns[column] ??= batch[column].Gather(sources);
        }

        return new Batch(Schema, columns, rows.Count);
    }
}
