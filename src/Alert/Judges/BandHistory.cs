using Bongsu.Alert.Bands;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;

namespace Bongsu.Alert.Judges;

/// <summary>Learns the bands of a rule's series from what the store holds of them.</summary>
/// <remarks>The history is read a day at a time; where it is more than fits in memory, some of the keys at a time.</remarks>
internal sealed class BandHistory
{
    // Points held at once: 16 bytes each.
    private const int MaxPoints = 8_000_000;

    private static readonly QueryLimits s_limits = new() { MaxResultRows = 50_000_000, MaxMemoryBytes = 512 << 20 };

    private readonly TenantTables _tables;
    private readonly BandSpec _spec;
    private readonly long _stepTicks;
    private readonly int _maxKeys;

    /// <summary>Prepares to learn.</summary>
    /// <param name="tables">The store.</param>
    /// <param name="spec">What is judged.</param>
    /// <param name="stepTicks">Length of a slot.</param>
    /// <param name="maxKeys">Most series.</param>
    public BandHistory(TenantTables tables, BandSpec spec, long stepTicks, int maxKeys)
    {
        _tables = tables;
        _spec = spec;
        _stepTicks = stepTicks;
        _maxKeys = maxKeys;
    }

    /// <summary>Learns from the slots that end at or before a time.</summary>
    /// <param name="toTicks">End of the history; a multiple of the step.</param>
    /// <param name="past">Alerts there were: not learnt from.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <param name="cancellationToken">Looked at once per day and series.</param>
    /// <exception cref="Bongsu.Query.QueryException">The history cannot be read.</exception>
    public LearntBands Learn(long toTicks, PastAlerts past, Action<double>? progress, CancellationToken cancellationToken)
    {
        var keys = new SeriesKeys();
        var models = new List<SeriesModel>();
        Func<SeriesModel> newModel = _spec.ModelFactory(TimeSpan.FromTicks(_stepTicks));
        int slotCount = (int)(Math.Min(_spec.Learn.Ticks, toTicks) / _stepTicks);
        long fromTicks = toTicks - (slotCount * _stepTicks);
        long chunkTicks = Math.Max(1, TimeSpan.TicksPerDay / _stepTicks) * _stepTicks;
        int keysAtOnce = Math.Max(1, MaxPoints / Math.Max(1, slotCount));
        bool isWhole = false;
        for (int first = 0; !isWhole; first += keysAtOnce)
        {
            var points = new Dictionary<int, List<BandPoint>>();
            var hasData = new Bitmap(slotCount);
            for (long day = fromTicks; day < toTicks; day += chunkTicks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long end = Math.Min(toTicks, day + chunkTicks);
                Read(day, end, fromTicks, keys, first, first + keysAtOnce, points, hasData, cancellationToken);
                double share = (double)(end - fromTicks) / (toTicks - fromTicks);
                progress?.Invoke((Math.Min(keys.Count, first) + (share * Math.Min(keysAtOnce, keys.Count - first))) / Math.Max(1, keys.Count));
            }

            Vector[] keyVectors = keys.Vectors();
            for (int key = first; key < Math.Min(_maxKeys, Math.Min(keys.Count, first + keysAtOnce)); key++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                List<BandPoint> series = points.GetValueOrDefault(key) ?? [];
                SeriesModel model = newModel();
                BandPoint[] whole = _spec.IsZeroWithoutRows ? Fill(series, hasData, fromTicks) : [.. series.OrderBy(point => point.Ticks)];
                model.Learn(whole, past.Of(keys.Names, keyVectors, key, _stepTicks));
                models.Add(model);
            }

            isWhole = models.Count >= Math.Min(keys.Count, _maxKeys);
        }

        return new LearntBands(keys, models);
    }

    private void Read(
        long fromTicks,
        long toTicks,
        long originTicks,
        SeriesKeys keys,
        int firstKey,
        int lastKey,
        Dictionary<int, List<BandPoint>> points,
        Bitmap hasData,
        CancellationToken cancellationToken)
    {
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
                int slot = (int)((slots[row] - originTicks) / _stepTicks);
                if (slots.IsNull(row) || slot < 0 || slot >= hasData.Length)
                {
                    continue;
                }

                hasData[slot] = true;
                if (numbers[row] < firstKey || numbers[row] >= lastKey || numbers[row] >= _maxKeys)
                {
                    continue;
                }

                if (!points.TryGetValue(numbers[row], out List<BandPoint>? series))
                {
                    points.Add(numbers[row], series = []);
                }

                series.Add(new BandPoint(slots[row], values.NumberAt(row)));
            }
        }
    }

    // A slot without rows of the key counts 0 from its first row on; where nothing at all came, nothing is known.
    private BandPoint[] Fill(List<BandPoint> series, Bitmap hasData, long originTicks)
    {
        var known = new Dictionary<long, double>(series.Count);
        long first = long.MaxValue;
        foreach (BandPoint point in series)
        {
            known[point.Ticks] = double.IsNaN(point.Value) ? 0 : point.Value;
            first = Math.Min(first, point.Ticks);
        }

        var filled = new List<BandPoint>();
        for (int slot = series.Count == 0 ? hasData.Length : (int)((first - originTicks) / _stepTicks); slot < hasData.Length; slot++)
        {
            long ticks = originTicks + (slot * _stepTicks);
            if (hasData[slot])
            {
                filled.Add(new BandPoint(ticks, known.GetValueOrDefault(ticks)));
            }
        }

        return [.. filled];
    }
}
