using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Operators.Joining;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary>Hash join of every <see cref="JoinKind"/>; null keys match nothing.</summary>
/// <remarks>
/// The right side is kept in memory and the left one streams past, but for <c>innerunique</c>, whose left side shrinks
/// to
/// one row per key and is kept instead.
/// </remarks>
internal sealed class JoinOperator : Operator
{
    private readonly JoinPlan _plan;
    private readonly Operator _kept;
    private readonly Operator _probe;
    private readonly bool _keepsLeft;
    private readonly ExpressionEvaluator[] _probeKeys;

    public JoinOperator(QueryRun run, Operator left, Operator right, JoinPlan plan)
        : base(run, plan.Schema)
    {
        _plan = plan;
        _keepsLeft = plan.Kind == JoinKind.InnerUnique;
        _kept = _keepsLeft ? left : right;
        _probe = _keepsLeft ? right : left;
        _probeKeys = (_keepsLeft ? plan.RightKeys : plan.LeftKeys).Select(key => new ExpressionEvaluator(key)).ToArray();
    }

    public override IEnumerable<Batch> Execute()
    {
        using var table = new JoinTable(
            Run, _kept.Schema, _keepsLeft ? _plan.LeftKeys : _plan.RightKeys, keepsFirstOnly: _keepsLeft);
        table.AddAll(_kept);
        Bitmap? matched = _plan.Kind is JoinKind.RightOuter or JoinKind.FullOuter or JoinKind.RightSemi or JoinKind.RightAnti
            ? new Bitmap(table.Count)
            : null;
        foreach (Batch batch in _probe.Execute())
        {
            Run.Cancellation.ThrowIfCancellationRequested();
            int[] groups = Find(table, batch);
            IEnumerable<Batch> outputs = _plan.Kind switch
            {
                JoinKind.LeftSemi or JoinKind.LeftAnti => Select(batch, groups),
                JoinKind.RightSemi or JoinKind.RightAnti => Mark(table, groups, matched!),
                _ => Pair(table, batch, groups, matched),
            };
            foreach (Batch output in outputs)
            {
                yield return output;
            }
        }

        foreach (Batch output in matched is null ? [] : KeptRows(table, matched))
        {
            yield return output;
        }
    }

    private static IEnumerable<Batch> Mark(JoinTable table, int[] groups, Bitmap matched)
    {
        foreach (int group in groups)
        {
            for (int row = group < 0 ? -1 : table.First(group); row >= 0 && !matched[row]; row = table.Next(row))
            {
                matched[row] = true;
            }
        }

        return [];
    }

    private int[] Find(JoinTable table, Batch batch)
    {
        var keys = new Vector[_probeKeys.Length];
        for (int key = 0; key < keys.Length; key++)
        {
            keys[key] = _probeKeys[key].Evaluate(batch, Run.Evaluation);
        }

        return table.Find(keys, batch.RowCount).ToArray();
    }

    private IEnumerable<Batch> Select(Batch batch, int[] groups)
    {
        bool wanted = _plan.Kind == JoinKind.LeftSemi;
        int[] rows = Enumerable.Range(0, groups.Length).Where(row => groups[row] >= 0 == wanted).ToArray();
        if (rows.Length > 0)
        {
            yield return new Batch(Schema, batch.Gather(rows).Vectors.ToArray(), rows.Length);
        }
    }

    private IEnumerable<Batch> Pair(JoinTable table, Batch batch, int[] groups, Bitmap? matched)
    {
        bool keepsUnmatched = _plan.Kind is JoinKind.LeftOuter or JoinKind.FullOuter;
        var probeRows = new List<int>();
        var keptRows = new List<RowReference>();
        for (int probeRow = 0; probeRow < groups.Length; probeRow++)
        {
            int row = groups[probeRow] < 0 ? -1 : table.First(groups[probeRow]);
            if (row < 0 && keepsUnmatched)
            {
                probeRows.Add(probeRow);
                keptRows.Add(RowReference.Missing);
            }

            for (; row >= 0; row = table.Next(row))
            {
                probeRows.Add(probeRow);
                keptRows.Add(table.Reference(row));
                if (matched is not null)
                {
                    matched[row] = true;
                }

                if (probeRows.Count == Run.BatchRows)
                {
                    Run.Cancellation.ThrowIfCancellationRequested();
                    yield return Combine(table, batch, probeRows, keptRows);
                    probeRows.Clear();
                    keptRows.Clear();
                }
            }
        }

        if (probeRows.Count > 0)
        {
            yield return Combine(table, batch, probeRows, keptRows);
        }
    }

    private Batch Combine(JoinTable table, Batch batch, List<int> probeRows, List<RowReference> keptRows)
    {
        Vector[] probe = batch.Gather(probeRows.ToArray()).Vectors.ToArray();
        Vector[] kept = table.Gather(keptRows.ToArray());
        return new Batch(Schema, _keepsLeft ? [.. kept, .. probe] : [.. probe, .. kept], probeRows.Count);
    }

    // After the probe: the right rows that were (semi) or were not (outer, anti) matched.
    private IEnumerable<Batch> KeptRows(JoinTable table, Bitmap matched)
    {
        bool wanted = _plan.Kind == JoinKind.RightSemi;
        var rows = new List<RowReference>();
        for (int row = 0; row < table.Count; row++)
        {
            if (matched[row] == wanted)
            {
                rows.Add(table.Reference(row));
            }

            if (rows.Count == Run.BatchRows || (row == table.Count - 1 && rows.Count > 0))
            {
                yield return OfKept(table, rows);
                rows.Clear();
            }
        }
    }

    private Batch OfKept(JoinTable table, List<RowReference> rows)
    {
        Vector[] kept = table.Gather(rows.ToArray());
        if (_plan.Kind is JoinKind.RightSemi or JoinKind.RightAnti)
        {
            return new Batch(Schema, kept, rows.Count);
        }

        var columns = new List<Vector>();
        foreach (Core.Types.Column column in _probe.Schema.Columns)
        {
            columns.Add(Vector.Nulls(column.Type, rows.Count));
        }

        return new Batch(Schema, [.. columns, .. kept], rows.Count);
    }
}
