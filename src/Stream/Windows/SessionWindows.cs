using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;
using Bongsu.Store;
using Bongsu.Stream.Plans;

namespace Bongsu.Stream.Windows;

/// <summary>
/// Windows that follow the rows: rows of one key no further apart than a gap are one session, which is told in the window
/// in which it closed, a gap after its last row. One owner.
/// </summary>
/// <remarks>Session windows as in Akidau et al., "The Dataflow Model", VLDB 2015: a row makes a session of its own, and
/// sessions that touch are merged.</remarks>
internal sealed class SessionWindows : WindowState
{
    private readonly StreamPlan _plan;
    private readonly RowStages _stages;
    private readonly WindowSpec _windows;
    private readonly long _gapTicks;
    private readonly int _maxKeys;
    private readonly SortedSet<Session> _byClose = new(Session.ByClose);
    private readonly Dictionary<int, List<Session>> _byKey = [];
    private GroupTable _keys;
    private long _nextId;
    private bool _isEstimate;
    private long _computedEnd = long.MinValue;
    private int _keyCount;

    /// <summary>No sessions.</summary>
    /// <param name="plan">What is computed of each.</param>
    /// <param name="stages">Its row part.</param>
    /// <param name="windows">When sessions are told.</param>
    /// <param name="gapTicks">Longest time between two rows of a session; at least the time between two windows.</param>
    /// <param name="maxKeys">Most sessions kept.</param>
    public SessionWindows(StreamPlan plan, RowStages stages, WindowSpec windows, long gapTicks, int maxKeys)
    {
        _plan = plan;
        _stages = stages;
        _windows = windows;
        _gapTicks = gapTicks;
        _maxKeys = maxKeys;
        _keys = new GroupTable(plan.KeyTypes);
    }

    /// <inheritdoc/>
    public override bool IsMonotone => false;

    /// <inheritdoc/>
    public override bool TellsOfNothing => false;

    /// <inheritdoc/>
    public override bool IsEstimate => _isEstimate;

    /// <inheritdoc/>
    public override long SizeBytes => _keys.SizeBytes + _byClose.Sum(session => 200 + session.Slot.SizeBytes);

    /// <inheritdoc/>
    public override int KeyCount => _keyCount;

    /// <inheritdoc/>
    public override long ReachTicks => 0;

    /// <inheritdoc/>
    public override (long First, long Last) EndsOf(long slotTicks, long evaluatedEnd)
    {
        long first = _windows.FirstEndOf(slotTicks);
        return (first, Math.Max(first, evaluatedEnd));
    }

    /// <inheritdoc/>
    public override int Add(long slotTicks, Batch rows)
    {
        var timestamps = (FixedVector<long>)rows[rows.Schema.IndexOf(SystemColumns.Timestamp)];
        Vector[] keys = _stages.Keys(rows);
        Vector[][] arguments = _stages.Arguments(rows);
        int[] groups = new int[rows.RowCount];
        _keys.Assign(keys, groups);
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        Array.Sort(order, (left, right) => (groups[left], timestamps[left], left).CompareTo((groups[right], timestamps[right], right)));
        int shed = 0;
        for (int from = 0; from < order.Length;)
        {
            int to = from + 1;
            while (to < order.Length && groups[order[to]] == groups[order[from]] &&
                timestamps[order[to]] - timestamps[order[to - 1]] <= _gapTicks)
            {
                to++;
            }

            int[] run = order[from..to];
            if (Touched(groups[run[0]], timestamps[run[0]], timestamps[run[^1]]) is { } session)
            {
                session.Slot.Add(Gather(keys, run), [.. arguments.Select(vectors => Gather(vectors, run))], run.Length, int.MaxValue);
            }
            else
            {
                shed += run.Length;
            }

            from = to;
        }

        return shed;
    }

    /// <inheritdoc/>
    public override Batch Compute(long endTicks)
    {
        var closed = new Slot(_plan);
        int count = 0;
        foreach (Session session in From(endTicks - _windows.EveryTicks + 1))
        {
            if (session.CloseTicks > endTicks)
            {
                break;
            }

            closed.Merge(session.Slot);
            count++;
        }

        _computedEnd = Math.Max(_computedEnd, endTicks);
        _keyCount = _byKey.Count;
        if (count == 0)
        {
            return Batch.Empty(_plan.ResultSchema);
        }

        Vector[] aggregates = closed.Finish(out int rowCount);
        _isEstimate = closed.IsEstimate;
        return _plan.Finish(new Batch(_plan.AggregateSchema, aggregates, rowCount));
    }

    /// <inheritdoc/>
    public override long NextSlot(long ticks)
    {
        Session? next = From(ticks + _windows.WindowTicks - _windows.EveryTicks + 1).FirstOrDefault();
        return next is null ? long.MaxValue : next.CloseTicks - _windows.SlotTicks;
    }

    /// <inheritdoc/>
    public override void RemoveBefore(long slotTicks)
    {
        while (_byClose.Min is { } session && session.CloseTicks < slotTicks)
        {
            Remove(session);
        }

        if (_keys.GroupCount > (2 * _byKey.Count) + 1000)
        {
            NumberKeysAgain();
        }
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(_byClose.Count);
        foreach (Session session in _byClose)
        {
            writer.Write(session.FirstTicks);
            writer.Write(session.CloseTicks);
            session.Slot.Write(writer);
        }
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            var session = new Session(_nextId++, new Slot(_plan)) { FirstTicks = reader.ReadInt64(), CloseTicks = reader.ReadInt64() };
            session.Slot.Read(reader);
            _byClose.Add(session);
        }

        NumberKeysAgain();
    }

    private static Vector[] Gather(Vector[] vectors, int[] rows) => [.. vectors.Select(vector => vector.Gather(rows))];

    private IEnumerable<Session> From(long closeTicks) =>
        _byClose.Count == 0 || _byClose.Max!.CloseTicks < closeTicks
            ? []
            : _byClose.GetViewBetween(new Session(long.MinValue, null!) { CloseTicks = closeTicks }, _byClose.Max);

    // The one session of a key that a run of rows belongs to, new or merged of those it touches; null where there are too
    // many.
    private Session? Touched(int key, long firstTicks, long lastTicks)
    {
        if (!_byKey.TryGetValue(key, out List<Session>? sessions))
        {
            if (_byKey.Count >= _maxKeys && !ForgetTold())
            {
                return null;
            }

            _byKey.Add(key, sessions = []);
        }

        Session[] touched = [.. sessions.Where(session => session.CloseTicks >= firstTicks && session.FirstTicks <= lastTicks + _gapTicks)];
        Session kept = touched.Length > 0 ? touched[0] : new Session(_nextId++, new Slot(_plan)) { Key = key, FirstTicks = firstTicks };
        long close = Math.Max(lastTicks + _gapTicks, kept.CloseTicks);
        long first = Math.Min(firstTicks, kept.FirstTicks);
        foreach (Session other in touched.Skip(1))
        {
            kept.Slot.Merge(other.Slot);
            close = Math.Max(close, other.CloseTicks);
            first = Math.Min(first, other.FirstTicks);
            _byClose.Remove(other);
            sessions.Remove(other);
        }

        if (touched.Length > 0)
        {
            _byClose.Remove(kept); // its place there depends on the time that changes now
        }
        else
        {
            sessions.Add(kept);
        }

        kept.FirstTicks = first;
        kept.CloseTicks = close;
        _byClose.Add(kept);
        return kept;
    }

    // Sessions that were told only serve corrections.
    private bool ForgetTold()
    {
        bool isTold = _byClose.Min is { } session && session.CloseTicks <= _computedEnd;
        if (isTold)
        {
            Remove(_byClose.Min!);
        }

        return isTold;
    }

    private void Remove(Session session)
    {
        _byClose.Remove(session);
        List<Session> sessions = _byKey[session.Key];
        sessions.Remove(session);
        if (sessions.Count == 0)
        {
            _byKey.Remove(session.Key);
        }
    }

    private void NumberKeysAgain()
    {
        _keys = new GroupTable(_plan.KeyTypes);
        _byKey.Clear();
        int[] group = new int[1];
        foreach (Session session in _byClose)
        {
            _keys.Assign([.. session.Slot.Keys()], group);
            session.Key = group[0];
            if (!_byKey.TryGetValue(session.Key, out List<Session>? sessions))
            {
                _byKey.Add(session.Key, sessions = []);
            }

            sessions.Add(session);
        }
    }
}
