using System.Buffers;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Operators.Grouping;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary>
/// The groups and aggregate states that one thread of a <see cref="SummarizeOperator"/> builds. One owner.
/// </summary>
internal sealed class PartialAggregation : IDisposable
{
    private readonly QueryRun _run;
    private readonly MemoryAccount _memory;
    private readonly ExpressionEvaluator[] _keys;
    private readonly ExpressionEvaluator[][] _arguments;
    private readonly AggregateState[] _states;
    private readonly GroupTable _table;
    private readonly bool _onlyCounts;
    private readonly KeyRuns _runs = new();

    // Lent to kernels for what they make of one batch.
    private readonly BlockArrays _arrays = new();
    private readonly EvaluationContext _context;
    private int[] _groups = [];

    public PartialAggregation(QueryRun run, SummarizePlan plan)
    {
        _run = run;
        _memory = run.OpenAccount("summarize");
        _keys = plan.Keys.Select(key => new ExpressionEvaluator(key)).ToArray();
        _table = new GroupTable(plan.Keys.Select(key => key.Type).ToArray());
        _states = plan.Aggregates.Select(aggregate => aggregate.Kernel.CreateState()).ToArray();
        _arguments = plan.Aggregates
            .Select(aggregate => aggregate.Arguments.Select(argument => new ExpressionEvaluator(argument)).ToArray())
            .ToArray();
        _onlyCounts = Array.TrueForAll(_states, state => state.OnlyCounts) && Array.TrueForAll(_arguments, own => own.Length == 0);
        _context = run.Evaluation with { Arrays = _arrays };
    }

    /// <summary>Takes in a batch.</summary>
    public void Add(Batch batch)
    {
        var keys = new Vector[_keys.Length];
        for (int key = 0; key < keys.Length; key++)
        {
            keys[key] = _keys[key].Evaluate(batch, _context);
        }

        long bytes;
        if (_onlyCounts && _table.TryCount(keys, out ReadOnlySpan<int> counted, out ReadOnlySpan<int> counts))
        {
            bytes = UpdateCounts(counted, counts);
        }
        else if (_runs.TryFind(keys, batch.RowCount))
        {
            bytes = UpdateRuns(batch, keys);
        }
        else
        {
            Span<int> groups = Groups(batch.RowCount);
            bool isOneGroup = _table.Assign(keys, groups);
            bytes = Update(batch, groups, isOneGroup);
        }

        _arrays.Reset();
        _memory.Set(bytes + _table.SizeBytes + (4L * _groups.Length));
    }

    /// <summary>Adds what another thread built, which is not used afterwards.</summary>
    public void Absorb(PartialAggregation other)
    {
        int[] groups = _table.Merge(other._table);
        long bytes = _table.SizeBytes;
        for (int aggregate = 0; aggregate < _states.Length; aggregate++)
        {
            _states[aggregate].EnsureGroups(_table.GroupCount);
            _states[aggregate].Absorb(other._states[aggregate], groups);
            bytes += _states[aggregate].SizeBytes;
        }

        _memory.Set(bytes);
    }

    /// <summary>
    /// Key columns, then the outputs of every aggregate; without keys there is one group even without rows.
    /// </summary>
    public Vector[] Finish(out int groupCount)
    {
        groupCount = _keys.Length == 0 ? 1 : _table.GroupCount;
        var columns = new List<Vector>();
        if (_keys.Length > 0)
        {
            columns.AddRange(_table.Keys());
        }

        foreach (AggregateState state in _states)
        {
            state.EnsureGroups(groupCount);
            state.MaxWorkers = _run.Limits.MaxWorkers;
            columns.AddRange(state.Finish(groupCount));
        }

        return columns.ToArray();
    }

    public void Dispose()
    {
        _memory.Dispose();
        _arrays.Dispose();
        _table.Release();
        foreach (AggregateState state in _states)
        {
            state.Release();
        }
    }

    private Span<int> Groups(int rowCount)
    {
        if (_groups.Length < rowCount)
        {
            _groups = new int[Math.Max(rowCount, Math.Min(2 * _groups.Length, _run.BatchRows))];
        }

        return _groups.AsSpan(0, rowCount);
    }

    // One look-up for each run of rows with the same keys.
    private long UpdateRuns(Batch batch, Vector[] keys)
    {
        ReadOnlySpan<int> starts = _runs.Starts;
        ReadOnlySpan<int> lengths = _runs.Lengths;
        Span<int> groups = Groups(batch.RowCount);
        int[] runGroups = ArrayPool<int>.Shared.Rent(starts.Length);
        Span<int> found = runGroups.AsSpan(0, starts.Length);
        if (_table.Assign(Array.ConvertAll(keys, key => key.Gather(_runs.Starts)), found))
        {
            found.Fill(found[0]);
        }

        long bytes;
        if (_onlyCounts)
        {
            bytes = UpdateCounts(found, lengths);
        }
        else
        {
            for (int run = 0; run < lengths.Length; run++)
            {
                groups.Slice(starts[run], lengths[run]).Fill(found[run]);
            }

            bytes = Update(batch, groups, isOneGroup: found.IndexOfAnyExcept(found[0]) < 0);
        }

        ArrayPool<int>.Shared.Return(runGroups);
        return bytes;
    }

    private long UpdateCounts(ReadOnlySpan<int> groups, ReadOnlySpan<int> counts)
    {
        long bytes = 0;
        foreach (AggregateState state in _states)
        {
            state.EnsureGroups(_table.GroupCount);
            state.UpdateCounts(groups, counts);
            bytes += state.SizeBytes;
        }

        return bytes;
    }

    private long Update(Batch batch, ReadOnlySpan<int> groups, bool isOneGroup)
    {
        long bytes = 0;
        for (int aggregate = 0; aggregate < _states.Length; aggregate++)
        {
            bytes += Update(aggregate, batch, groups, isOneGroup);
        }

        return bytes;
    }

    private long Update(int aggregate, Batch batch, ReadOnlySpan<int> groups, bool isOneGroup)
    {
        ExpressionEvaluator[] evaluators = _arguments[aggregate];
        var arguments = new Vector[evaluators.Length];
        for (int argument = 0; argument < arguments.Length; argument++)
        {
            arguments[argument] = evaluators[argument].Evaluate(batch, _context);
        }

        AggregateState state = _states[aggregate];
        state.EnsureGroups(_table.GroupCount);
        if (isOneGroup && groups.Length > 0)
        {
            state.UpdateGroup(arguments, groups.Length, groups[0]);
        }
        else
        {
            state.Update(arguments, groups);
        }

        return state.SizeBytes;
    }
}
