using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Operators.Grouping;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators.Joining;

/// <summary>
/// The side of a join that is kept in memory: its rows, chained by key. Rows with a null key are in no chain. One
/// owner.
/// </summary>
internal sealed class JoinTable : IDisposable
{
    private readonly QueryRun _run;
    private readonly MemoryAccount _memory;
    private readonly RowCollection _rows;
    private readonly ExpressionEvaluator[] _buildKeys;
    private readonly GroupTable _table;
    private readonly bool _keepsFirstOnly;
    private readonly List<RowReference> _references = [];
    private readonly List<int> _next = [];
    private readonly List<int> _heads = [];
    private readonly List<int> _tails = [];
    private int[] _groups = [];

    /// <summary>An empty table.</summary>
    /// <param name="run">The query.</param>
    /// <param name="schema">Columns of the rows.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="keepsFirstOnly">True to keep one row per key, the first, and no row with a null key.</param>
    public JoinTable(QueryRun run, Schema schema, IReadOnlyList<BoundExpression> keys, bool keepsFirstOnly)
    {
        _run = run;
        _memory = run.OpenAccount("join");
        _rows = new RowCollection(run, schema, "join");
        _buildKeys = keys.Select(key => new ExpressionEvaluator(key)).ToArray();
        _table = new GroupTable(keys.Select(key => key.Type).ToArray());
        _keepsFirstOnly = keepsFirstOnly;
    }

    /// <summary>Number of rows kept.</summary>
    public int Count => _references.Count;

    /// <summary>Where a kept row is, for <see cref="Gather"/>.</summary>
    public RowReference Reference(int row) => _references[row];

    /// <summary>The first row with a key, by the key's group.</summary>
    public int First(int group) => _heads[group];

    /// <summary>The next row with the same key, or -1.</summary>
    public int Next(int row) => _next[row];

    /// <summary>Takes in all rows of an operator.</summary>
    public void AddAll(Operator input)
    {
        foreach (Batch batch in input.Execute())
        {
            _run.Cancellation.ThrowIfCancellationRequested();
            Add(batch);
        }
    }

    /// <summary>The group of each row of the other side, -1 where no row here has its key.</summary>
    public ReadOnlySpan<int> Find(ReadOnlySpan<Vector> keys, int rowCount)
    {
        Span<int> groups = Groups(rowCount);
        _table.Find(keys, groups);
        ClearNulls(keys, groups);
        return groups;
    }

    /// <summary>Columns of kept rows.</summary>
    public Vector[] Gather(ReadOnlySpan<RowReference> rows) => _rows.GatherColumns(rows);

    public void Dispose()
    {
        _rows.Dispose();
        _memory.Dispose();
    }

    private static void ClearNulls(ReadOnlySpan<Vector> keys, Span<int> groups)
    {
        foreach (Vector key in keys)
        {
            for (int row = 0; key.HasNulls && row < groups.Length; row++)
            {
                if (key.IsNull(row))
                {
                    groups[row] = -1;
                }
            }
        }
    }

    private void Add(Batch batch)
    {
        var keys = new Vector[_buildKeys.Length];
        for (int key = 0; key < keys.Length; key++)
        {
            keys[key] = _buildKeys[key].Evaluate(batch, _run.Evaluation);
        }

        Span<int> groups = Groups(batch.RowCount);
        if (_table.Assign(keys, groups))
        {
            groups.Fill(groups[0]);
        }

        ClearNulls(keys, groups);
        while (_heads.Count < _table.GroupCount)
        {
            _heads.Add(-1);
            _tails.Add(-1);
        }

        if (_keepsFirstOnly)
        {
            AddFirsts(batch, groups);
        }
        else
        {
            for (int row = 0; row < groups.Length; row++)
            {
                Chain(groups[row], new RowReference(_rows.Batches.Count, row));
            }

            _rows.Add(batch);
        }

        // A row: reference 8, next 4; a group: head and tail 8.
        _memory.Set(_table.SizeBytes + (12L * _references.Capacity) + (8L * _heads.Capacity));
    }

    private void AddFirsts(Batch batch, ReadOnlySpan<int> groups)
    {
        var kept = new List<int>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (groups[row] >= 0 && _heads[groups[row]] < 0)
            {
                Chain(groups[row], new RowReference(_rows.Batches.Count, kept.Count));
                kept.Add(row);
            }
        }

        if (kept.Count > 0)
        {
            _rows.Add(kept.Count == batch.RowCount ? batch : batch.Gather(kept.ToArray()));
        }
    }

    private void Chain(int group, RowReference reference)
    {
        int number = _references.Count;
        _references.Add(reference);
        _next.Add(-1);
        if (group < 0)
        {
            return;
        }

        if (_heads[group] < 0)
        {
            _heads[group] = number;
        }
        else
        {
            _next[_tails[group]] = number;
        }

        _tails[group] = number;
    }

    private Span<int> Groups(int rowCount)
    {
        if (_groups.Length < rowCount)
        {
            _groups = new int[rowCount];
        }

        return _groups.AsSpan(0, rowCount);
    }
}
