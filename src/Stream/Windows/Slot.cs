using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;
using Bongsu.Query.Operators.Grouping;
using Bongsu.Stream.Plans;

namespace Bongsu.Stream.Windows;

/// <summary>Aggregates of one stretch of event time, by key. One owner.</summary>
internal sealed class Slot
{
    private readonly StreamPlan _plan;
    private readonly GroupTable _groups;
    private readonly AggregateState[] _states;

    public Slot(StreamPlan plan)
    {
        _plan = plan;
        _groups = new GroupTable(plan.KeyTypes);
        _states = plan.Aggregates.Select(aggregate => aggregate.Kernel.CreateBoundedState()).ToArray();
    }

    /// <summary>Keys in it.</summary>
    public int KeyCount => _groups.GroupCount;

    /// <summary>Bytes of memory, about.</summary>
    public long SizeBytes
    {
        get
        {
            long size = 256 + _groups.SizeBytes;
            foreach (AggregateState state in _states)
            {
                size += state.SizeBytes;
            }

            return size;
        }
    }

    /// <summary>True where a value in it is an estimate.</summary>
    public bool IsEstimate => Array.Exists(_states, state => state.IsEstimate);

    /// <summary>Its keys, in the order they came.</summary>
    public Vector[] Keys() => _groups.Keys();

    /// <summary>Takes in rows; rows of new keys past the cap are left out.</summary>
    /// <param name="keys">Key vectors.</param>
    /// <param name="arguments">For each aggregate, its argument vectors.</param>
    /// <param name="rowCount">Their rows.</param>
    /// <param name="maxKeys">Most keys.</param>
    /// <returns>Rows left out.</returns>
    public int Add(Vector[] keys, Vector[][] arguments, int rowCount, int maxKeys)
    {
        int[] groups = new int[rowCount];
        int[] kept = CappedGroups.Assign(_groups, keys, groups, maxKeys);
        if (kept.Length == rowCount)
        {
            Update(arguments, groups);
        }
        else if (kept.Length > 0)
        {
            Vector[][] gathered =
                [.. arguments.Select(vectors => vectors.Select(vector => vector.Gather(kept)).ToArray())];
            Update(gathered, kept.Select(row => groups[row]).ToArray());
        }

        return rowCount - kept.Length;
    }

    /// <summary>Adds another slot of the same plan.</summary>
    public void Merge(Slot other)
    {
        int[] groups = _groups.Merge(other._groups);
        for (int aggregate = 0; aggregate < _states.Length; aggregate++)
        {
            _states[aggregate].EnsureGroups(_groups.GroupCount);
            _states[aggregate].Merge(other._states[aggregate], groups);
        }
    }

    /// <summary>Keys, then every aggregate's outputs; without keys always one row.</summary>
    public Vector[] Finish(out int rowCount)
    {
        rowCount = _plan.KeyTypes.Count == 0 ? 1 : KeyCount;
        var columns = new List<Vector>(Keys());
        foreach (AggregateState state in _states)
        {
            state.EnsureGroups(rowCount);
            columns.AddRange(state.Finish(rowCount));
        }

        return [.. columns];
    }

    /// <summary>Writes keys and states.</summary>
    public void Write(BinaryWriter writer)
    {
        _groups.Write(writer);
        foreach (AggregateState state in _states)
        {
            state.EnsureGroups(KeyCount);
            state.Write(writer, KeyCount);
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote, into an empty slot.</summary>
    public void Read(BinaryReader reader)
    {
        _groups.Read(reader);
        foreach (AggregateState state in _states)
        {
            state.EnsureGroups(KeyCount);
            state.Read(reader, KeyCount);
        }
    }

    private void Update(Vector[][] arguments, int[] groups)
    {
        for (int aggregate = 0; aggregate < _states.Length; aggregate++)
        {
            _states[aggregate].EnsureGroups(KeyCount);
            _states[aggregate].Update(arguments[aggregate], groups);
        }
    }
}
