using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Sorting;

/// <summary>Sorts the rows of several batches by keys; stable.</summary>
internal static class RowSorter
{
    /// <summary>Bytes of memory per row while sorting: an entry, and about 8 per key.</summary>
    public const int EntryBytes = 16;

    /// <summary>The rows in order.</summary>
    public static RowReference[] Sort(QueryRun run, IReadOnlyList<Batch> batches, IReadOnlyList<SortKey> keys)
    {
        var columns = new SortColumn[keys.Count];
        for (int key = 0; key < columns.Length; key++)
        {
            var evaluator = new ExpressionEvaluator(keys[key].Expression);
            Vector[] sources = batches.Select(batch => evaluator.Evaluate(batch, run.Evaluation)).ToArray();
            columns[key] = SortColumn.Create(keys[key], sources);
        }

        var entries = new Entry[batches.Sum(batch => batch.RowCount)];
        ulong[] prefixes = [];
        int count = 0;
        for (int batch = 0; batch < batches.Count; batch++)
        {
            int rowCount = batches[batch].RowCount;
            Array.Resize(ref prefixes, rowCount);
            columns[0].Prefixes(batch, prefixes);
            for (int row = 0; row < rowCount; row++)
            {
                entries[count++] = new Entry(prefixes[row], batch, row);
            }
        }

        run.Cancellation.ThrowIfCancellationRequested();
        entries.AsSpan().Sort(new EntryOrder(columns));
        var rows = new RowReference[entries.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new RowReference(entries[row].Batch, entries[row].Row);
        }

        return rows;
    }

    private readonly record struct Entry(ulong Prefix, int Batch, int Row);

    private readonly struct EntryOrder : IComparer<Entry>
    {
        private readonly SortColumn[] _columns;

        public EntryOrder(SortColumn[] columns)
        {
            _columns = columns;
        }

        public int Compare(Entry left, Entry right)
        {
            if (left.Prefix != right.Prefix)
            {
                return left.Prefix < right.Prefix ? -1 : 1;
            }

            var leftRow = new RowReference(left.Batch, left.Row);
            var rightRow = new RowReference(right.Batch, right.Row);
            foreach (SortColumn column in _columns)
            {
                int order = column.Compare(leftRow, rightRow);
                if (order != 0)
                {
                    return order;
                }
            }

            return left.Batch != right.Batch ? left.Batch - right.Batch : left.Row - right.Row;
        }
    }
}
