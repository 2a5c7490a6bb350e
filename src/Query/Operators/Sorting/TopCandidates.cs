using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Sorting;

/// <summary>
/// The rows of a batch that can be among the best N of everything read so far, judged by the first sort key's prefix:
/// a bound that every batch tightens. Thread-safe.
/// </summary>
internal sealed class TopCandidates
{
    private readonly QueryRun _run;
    private readonly SortKey _key;
    private readonly ExpressionEvaluator _evaluator;
    private readonly int _count;
    private ulong _bound = ulong.MaxValue;

    public TopCandidates(QueryRun run, SortKey key, int count)
    {
        _run = run;
        _key = key;
        _evaluator = new ExpressionEvaluator(key.Expression);
        _count = count;
    }

    /// <summary>
    /// The candidates in the batch's order; the batch itself where it is small; null where there is none.
    /// </summary>
    public Batch? Select(Batch batch)
    {
        ulong[] prefixes = new ulong[batch.RowCount];
        Vector keys = _evaluator.Evaluate(batch, _run.Evaluation);
        SortColumn.Create(_key, [keys]).Prefixes(0, prefixes);
        ulong bound = Volatile.Read(ref _bound);
        if (batch.RowCount > _count)
        {
            ulong own = Selector.Select(prefixes.ToArray().AsSpan(), _count - 1);
            bound = Math.Min(bound, own);
            Tighten(own);
        }

        int[] rows = new int[batch.RowCount];
        int selected = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            rows[selected] = row;
            selected += prefixes[row] <= bound ? 1 : 0;
        }

        return selected == 0 ? null : selected == batch.RowCount ? batch : batch.Gather(rows.AsSpan(0, selected));
    }

    private void Tighten(ulong bound)
    {
        for (ulong known = Volatile.Read(ref _bound); bound < known;)
        {
            ulong seen = Interlocked.CompareExchange(ref _bound, bound, known);
            if (seen == known)
            {
                return;
            }

            known = seen;
        }
    }
}
