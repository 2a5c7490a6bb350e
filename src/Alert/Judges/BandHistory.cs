using Bongsu.Alert.Bands;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;

namespace Bongsu.Alert.Judges;

/// <summary>Learns the bands of a rule's series from what the store holds of them.</summary>
/// <remarks>The history is read some hours at a time; where all of it does not fit in memory, packed as it is, some of the
/// series at a time.</remarks>
internal sealed class BandHistory
{
    // Packed values held at once. 10,000 series of 8,000 small counts take about as much.
    private const long MaxPackedBytes = 128 << 20;

    // Slots a query answers: so many groups for each series.
    private const int SlotsPerQuery = 72;

    // Of the time it takes to read and learn a series.
    private const double ReadShare = 0.5;

    private static readonly QueryLimits s_limits = new() { MaxResultRows = 50_000_000, MaxMemoryBytes = 512 << 20 };

    private static readonly TimeSpan s_timeToLearn = TimeSpan.FromHours(1);

    private readonly TenantTables _tables;
    private readonly BandSpec _spec;
    private readonly long _stepTicks;
    private readonly int _maxKeys;
    private readonly long _maxPackedBytes;

    /// <summary>Prepares to learn.</summary>
    /// <param name="tables">The store.</param>
    /// <param name="spec">What is judged.</param>
    /// <param name="stepTicks">Length of a slot.</param>
    /// <param name="maxKeys">Most series.</param>
    /// <param name="maxPackedBytes">Memory for values.</param>
    public BandHistory(TenantTables tables, BandSpec spec, long stepTicks, int maxKeys, long maxPackedBytes = MaxPackedBytes)
    {
        _maxPackedBytes = maxPackedBytes;
        _tables = tables;
        _spec = spec;
        _stepTicks = stepTicks;
        _maxKeys = maxKeys;
    }

    /// <summary>When histories of a table count.</summary>
    /// <param name="table">The table, or null.</param>
    /// <param name="nowTicks">Event time, where the table has no rows.</param>
    /// <param name="maxDelay">How late rows may be and still change a window.</param>
    public static LearnTimes TimesOf(Table? table, long nowTicks, TimeSpan maxDelay) =>
        new(table?.Statistics().MinTicks ?? nowTicks, maxDelay.Ticks + s_timeToLearn.Ticks);

    /// <summary>Learns from the slots that end at or before a time.</summary>
    /// <param name="times">When histories count.</param>
    /// <param name="toTicks">End of the history, or <see cref="LearnTimes.Never"/>.</param>
    /// <param name="past">Spans that are not learnt from.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Looked at some hours of history and once per series.</param>
    /// <exception cref="Bongsu.Query.QueryException">The history cannot be read.</exception>
    public SeriesBands Learn(LearnTimes times, long toTicks, PastSpans past, Action<double>? progress, CancellationToken cancellationToken)
    {
        var learnt = new SeriesBands(_spec, _stepTicks, _maxKeys) { LearntToTicks = toTicks, Times = times };
        toTicks -= toTicks % _stepTicks;
        int slotCount = (int)(Math.Min(_spec.Learn.Ticks, toTicks) / _stepTicks);
        long fromTicks = toTicks - (slotCount * _stepTicks);
        do
        {
            var points = new PackedPoints(slotCount, SlotsPerQuery, learnt.Count, _maxKeys, _maxPackedBytes);
            var hasData = new Bitmap(slotCount);
            for (int slot = 0; slot < slotCount; slot += SlotsPerQuery)
            {
                int end = Math.Min(slotCount, slot + SlotsPerQuery);
                Read(slot, end, fromTicks, learnt.Keys, hasData, points.Set, cancellationToken);
                points.Close();
                progress?.Invoke(ShareOf(learnt.Count, Math.Min(learnt.Keys.Count, points.LastKey), learnt.Keys.Count, ReadShare * end / slotCount));
            }

            Learn(learnt, points, hasData, fromTicks, past, progress, cancellationToken);
        }
        while (learnt.Count < Math.Min(learnt.Keys.Count, _maxKeys));

        return learnt;
    }

    /// <summary>Brings models forward from the end of their history, window by window, as they came.</summary>
    /// <param name="series">The models; changed.</param>
    /// <param name="past">How far, and what the store does not know.</param>
    /// <param name="toldFromTicks">Windows that end after this may still change.</param>
    /// <param name="cancellationToken">Looked at some hours of history.</param>
    /// <exception cref="Bongsu.Query.QueryException">The history cannot be read.</exception>
    public LearntBands Follow(SeriesBands series, BandPast past, long toldFromTicks, CancellationToken cancellationToken)
    {
        // Without a history models begin with the first row there is, and that may be long ago.
        long origin = Math.Max(series.LearntToTicks, Math.Min(series.Times.FirstTicks, past.ThroughTicks));
        origin -= origin % _stepTicks;
        int slotCount = (int)((past.ThroughTicks - origin) / _stepTicks);
        var told = new SortedDictionary<long, ToldBands>();
        for (int from = 0; from < slotCount; from += SlotsPerQuery)
        {
            int to = Math.Min(slotCount, from + SlotsPerQuery);
            var slots = new List<double>[to - from];
            Action<int, int, double> set = (key, slot, value) => Set(slots[slot - from] ??= [], key, value);
            Read(from, to, origin, series.Keys, new Bitmap(slotCount), set, cancellationToken);
            int[] numbers = past.Keys.NumbersIn(series.Keys);
            series.AddModels();
            for (int slot = from; slot < to; slot++)
            {
                double[] values = Widen(slots[slot - from], series.Count);
                long end = origin + ((slot + 1) * _stepTicks);
                past.First.Restore(end, values, numbers);
                var bands = new ToldBands(series.Take(end, values), values);
                if (end > toldFromTicks)
                {
                    told.Add(end, bands);
                }
            }
        }

        return new LearntBands(series, past.ThroughTicks, told);
    }

    private static void Set(List<double> values, int key, double value)
    {
        while (values.Count <= key)
        {
            values.Add(double.NaN);
        }

        values[key] = value;
    }

    private static double[] Widen(List<double>? values, int count)
    {
        double[] wide = new double[count];
        Array.Fill(wide, double.NaN);
        values?.Take(count).ToArray().CopyTo(wide, 0);
        return wide;
    }

    private void Learn(
        SeriesBands learnt,
        PackedPoints points,
        Bitmap hasData,
        long fromTicks,
        PastSpans past,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        int last = Math.Min(Math.Min(learnt.Keys.Count, _maxKeys), points.LastKey);
        double[] values = new double[hasData.Length];
        var series = new BandPoint[hasData.Length];
        Vector[] keys = learnt.Keys.Vectors();
        for (int key = points.FirstKey; key < last; key++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            points.Read(key, values);
            ReadOnlySpan<BandPoint> known = series.AsSpan(0, PointsOf(values, hasData, fromTicks, series));
            learnt.AddLearnt(keys, known, past.Of(learnt.Keys.Names, keys, key, _stepTicks));
            progress?.Invoke(ShareOf(key, key + 1, learnt.Keys.Count, 1));
        }
    }

    // Of the series from one number up to another a share is done, and all before them.
    private static double ShareOf(int first, int last, int count, double share) =>
        Math.Min(1, (first + (share * Math.Max(0, last - first))) / Math.Max(1, count));

    private void Read(
        int fromSlot,
        int toSlot,
        long originTicks,
        SeriesKeys keys,
        Bitmap hasData,
        Action<int, int, double> set,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long fromTicks = originTicks + (fromSlot * _stepTicks);
        long toTicks = originTicks + (toSlot * _stepTicks);
        BoundQuery query = KqlCompiler.Compile(
            _spec.HistoryQuery, _tables, new CompileOptions { NowTicks = toTicks, FromTicks = fromTicks, ToTicks = toTicks });
        foreach (Batch batch in QueryEngine.Execute(query.Plan, _tables, toTicks, s_limits, cancellationToken).Batches())
        {
            int slotColumn = batch.Schema.IndexOf(BandSpec.SlotColumn);
            var slots = (FixedVector<long>)batch[slotColumn];
            Vector values = batch[batch.Schema.IndexOf(JudgeSpec.ValueColumn)];
            int[] keyColumns = [.. Enumerable.Range(0, batch.Schema.Count - 1).Where(column => column != slotColumn)];
            int[] numbers = keys.Assign(batch, keyColumns)!;
            for (int row = 0; row < batch.RowCount; row++)
            {
                int slot = slots.IsNull(row) ? -1 : (int)((slots[row] - originTicks) / _stepTicks);
                if (slot >= fromSlot && slot < toSlot)
                {
                    hasData[slot] = true;
                    double value = values.NumberAt(row);
                    set(numbers[row], slot, double.IsNaN(value) && _spec.IsZeroWithoutRows ? 0 : value);
                }
            }
        }
    }

    // Where rows count, a slot without rows of the key is 0 from its first row on; where nothing at all came, nothing is known.
    private int PointsOf(ReadOnlySpan<double> values, Bitmap hasData, long originTicks, Span<BandPoint> points)
    {
        int count = 0;
        for (int slot = 0; slot < values.Length; slot++)
        {
            bool isZero = _spec.IsZeroWithoutRows && count > 0 && hasData[slot];
            if (!double.IsNaN(values[slot]) || isZero)
            {
                points[count++] = new BandPoint(originTicks + (slot * _stepTicks), double.IsNaN(values[slot]) ? 0 : values[slot]);
            }
        }

        return count;
    }
}
