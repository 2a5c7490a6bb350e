using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;

namespace Bongsu.Stream.Windows;

/// <summary>
/// The live rows of committed batches (or some of them) as queries want to see them; what one asked for is kept for the
/// next. One owner.
/// </summary>
internal sealed class LiveBatch
{
    private static readonly Column s_timestamp = new(SystemColumns.Timestamp, ScalarType.DateTime);

    private readonly IReadOnlyList<LiveRows> _sources = [];
    private readonly LiveBatch? _parent;
    private readonly int[]? _rows;
    private readonly Dictionary<Column, Vector> _columns = [];
    private Dictionary<string, FixedVector<bool>>? _truths;
    private Dictionary<string, LiveBatch>? _picks;
    private (long Earliest, long Latest)? _range;

    /// <summary>Wraps the live rows of batches, one after another.</summary>
    public LiveBatch(IReadOnlyList<LiveRows> sources)
    {
        _sources = sources;
        Sequence = sources[0].Committed.Sequence;
        IngestedTicks = sources[0].Committed.IngestedTicks;
        foreach (LiveRows source in sources)
        {
            RowCount += source.RowCount;
        }
    }

    private LiveBatch(LiveBatch parent, int[] rows)
    {
        _parent = parent;
        _rows = rows;
        Sequence = parent.Sequence;
        IngestedTicks = parent.IngestedTicks;
        RowCount = rows.Length;
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Position in the log of the first batch.</summary>
    public long Sequence { get; }

    /// <summary>When the first batch arrived.</summary>
    public long IngestedTicks { get; }

    /// <summary>Event times.</summary>
    public FixedVector<long> Timestamps => (FixedVector<long>)Find(s_timestamp);

    /// <summary>Earliest and latest event time; there must be rows.</summary>
    public (long Earliest, long Latest) Range => _range ??= MeasureRange();

    /// <summary>A column in a type; nulls where the batches do not have it.</summary>
    public Vector Find(Column column)
    {
        if (!_columns.TryGetValue(column, out Vector? vector))
        {
            vector = _parent is not null
                ? _parent.Find(column).Gather(_rows)
                : ColumnJoin.Join(column.Type, [.. _sources.Select(source => source.Find(column))]);
            _columns.Add(column, vector);
        }

        return vector;
    }

    /// <summary>The columns of a schema.</summary>
    /// <param name="schema">Which.</param>
    /// <param name="isRead">The columns that are looked at; the others are nulls.</param>
    public Batch View(Schema schema, bool[] isRead)
    {
        var vectors = new Vector[schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            vectors[column] = isRead[column] ? Find(schema[column]) : Vector.Nulls(schema[column].Type, RowCount);
        }

        return new Batch(schema, vectors, RowCount);
    }

    /// <summary>What a condition says of the rows: computed once for all queries that have it.</summary>
    /// <param name="key">What tells the condition from others; null = it is computed for each.</param>
    /// <param name="compute">Computes it.</param>
    public FixedVector<bool> Truth(string? key, Func<LiveBatch, FixedVector<bool>> compute)
    {
        if (key is null)
        {
            return compute(this);
        }

        _truths ??= new Dictionary<string, FixedVector<bool>>(StringComparer.Ordinal);
        if (!_truths.TryGetValue(key, out FixedVector<bool>? truth))
        {
            _truths.Add(key, truth = compute(this));
        }

        return truth;
    }

    /// <summary>Some of these rows.</summary>
    /// <param name="rows">Positions here, ascending.</param>
    public LiveBatch Pick(int[] rows) => rows.Length == RowCount ? this : new LiveBatch(this, rows);

    /// <summary>Some of these rows: found once for all queries that want the same.</summary>
    /// <param name="key">What tells the choice from others; null = it is made for each.</param>
    /// <param name="choose">Positions here, ascending; null = all.</param>
    public LiveBatch Pick(string? key, Func<LiveBatch, int[]?> choose)
    {
        LiveBatch? picked = null;
        if (key is not null && _picks?.TryGetValue(key, out picked) == true)
        {
            return picked!;
        }

        int[]? rows = choose(this);
        picked = rows is null ? this : Pick(rows);
        if (key is not null)
        {
            (_picks ??= new Dictionary<string, LiveBatch>(StringComparer.Ordinal)).Add(key, picked);
        }

        return picked;
    }

    /// <summary>These rows apart by slot, in order of time.</summary>
    public IEnumerable<(long SlotTicks, LiveBatch Rows)> BySlot(WindowSpec windows)
    {
        FixedVector<long> timestamps = Timestamps;
        var slots = new SortedDictionary<long, List<int>>();
        List<int>? current = null;
        long currentSlot = 0;
        for (int row = 0; row < RowCount; row++)
        {
            long ticks = timestamps[row];
            if (current is null || ticks < currentSlot || ticks - currentSlot >= windows.SlotTicks)
            {
                currentSlot = windows.SlotOf(ticks);
                if (!slots.TryGetValue(currentSlot, out current))
                {
                    slots.Add(currentSlot, current = []);
                }
            }

            current.Add(row);
        }

        return slots.Select(slot => (slot.Key, Pick([.. slot.Value])));
    }

    private (long Earliest, long Latest) MeasureRange()
    {
        FixedVector<long> timestamps = Timestamps;
        long earliest = long.MaxValue;
        long latest = long.MinValue;
        foreach (long ticks in timestamps.Values)
        {
            earliest = Math.Min(earliest, ticks);
            latest = Math.Max(latest, ticks);
        }

        return (earliest, latest);
    }
}
