using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Store;
using Bongsu.Store.Scan;
using Bongsu.Stream.History;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream;

/// <summary>Runs continuous queries over stored rows as if they came in now, with a clock of their own.</summary>
public sealed class StreamReplay
{
    private const int ProgressBatches = 100;

    // Far below the time after which a source counts as silent.
    private const long MaxStepTicks = 10 * TimeSpan.TicksPerSecond;

    private readonly StreamPipeline _pipeline;
    private readonly StreamOptions _options;
    private readonly TenantTables _tables;
    private readonly Dictionary<string, SortedSet<long>> _leftOut = new(StringComparer.Ordinal);
    private readonly Dictionary<ContinuousQuery, SortedSet<long>> _dropped = [];

    /// <summary>Binds queries; what cannot be bound says so in its statistics.</summary>
    public StreamReplay(IReadOnlyList<ContinuousQuery> queries, TenantTables tables, StreamOptions options)
    {
        _options = options;
        _tables = tables;
        _pipeline = new StreamPipeline(options with { EarlyInterval = TimeSpan.MaxValue }, tables, warm: null);
        _pipeline.SetQueries(queries, nowTicks: 0);
    }

    /// <summary>Tables the queries read.</summary>
    public IReadOnlyList<string> Tables =>
        [.. _pipeline.Queries.Where(query => query.Plan is not null).Select(query => query.Plan!.Table).Distinct()];

    /// <summary>Runs the queries of one table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="fromTicks">The first windows wanted end after this.</param>
    /// <param name="toTicks">The last windows wanted end here or before.</param>
    /// <param name="byEventTime">True: every row comes in time; false: in the order of ingestion.</param>
    /// <param name="progress">Told rows so far and the time reached, now and then.</param>
    /// <param name="cancellationToken">Looked at once per block and batch.</param>
    public void Run(
        Table table, long fromTicks, long toTicks, bool byEventTime, Action<long, long>? progress, CancellationToken cancellationToken)
    {
        ContinuousQuery[] queries = QueriesOf(table);
        long longest = LongestReach(queries);
        long delay = _options.MaxDelay.Ticks;
        IEnumerable<string> columns = queries.SelectMany(query => query.Plan!.Scan.Schema.Columns.ToArray()).Select(column => column.Name);
        long rowsFrom = Math.Max(0, fromTicks - longest - delay);
        var rows = new StoredRows(
            table, columns, rowsFrom, Math.Min(DateTime.MaxValue.Ticks, toTicks + longest + delay))
        {
            StepTicks = Math.Min(MaxStepTicks, queries.Min(query => query.Windows.EveryTicks)),
        };
        TableFlow flow = _pipeline.Flow(table.Name, nowTicks: 0);
        foreach (ContinuousQuery query in queries)
        {
            SortedSet<long> dropped = _dropped[query] = [];
            query.Dropped = slotTicks => dropped.Add(slotTicks);
        }

        long rowCount = 0;
        long lastTicks = fromTicks;
        long flushedTicks = 0;
        foreach (CommittedBatch committed in rows.Read(byEventTime, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rowCount == 0)
            {
                flow.Clock.BeginAt(committed.IngestedTicks);
            }

            // Live, corrections are told within a second, also while no window is due.
            if (!byEventTime && committed.IngestedTicks - flushedTicks >= TimeSpan.TicksPerSecond)
            {
                flow.Flush();
                flushedTicks = committed.IngestedTicks;
            }

            NoteLeftOut(table.Name, committed);
            _pipeline.Process(committed);
            foreach (ContinuousQuery query in queries.Where(query => query.NeedsSeed))
            {
                Seeds.Answer(query, _tables, rowsFrom, cancellationToken);
            }

            rowCount += committed.Batch.RowCount;
            lastTicks = Math.Max(lastTicks, committed.IngestedTicks);
            if (committed.Sequence % ProgressBatches == 0)
            {
                progress?.Invoke(rowCount, lastTicks);
            }
        }

        // Silence afterwards, so that the last windows close: live, the wall clock does that.
        flow.Advance(Math.Max(lastTicks, toTicks) + longest + (2 * _options.IdleTimeout.Ticks));
        progress?.Invoke(rowCount, lastTicks);
    }

    /// <summary>Rows of a table that <see cref="Run"/> would read, as the store's summaries have it: never fewer.</summary>
    public long CountRows(Table table, long fromTicks, long toTicks)
    {
        long reach = LongestReach(QueriesOf(table)) + _options.MaxDelay.Ticks;
        var request = new ScanRequest { Columns = [], FromTicks = fromTicks - reach, ToTicks = toTicks + reach };
        return table.Snapshot().Scan(request).Sum(morsel => (long)morsel.RowCount);
    }

    /// <summary>Health of a query.</summary>
    public StreamStatistics StatisticsOf(ContinuousQuery query) => _pipeline.StatisticsOf(query);

    /// <summary>Ends of a query's windows that hold rows left out for their age, for being too far ahead, or because they
    /// came too late to be told of, UTC ticks.</summary>
    public IEnumerable<long> LeftOutWindows(ContinuousQuery query)
    {
        if (query.Plan is null)
        {
            return [];
        }

        WindowSpec windows = query.Windows;
        var ends = new SortedSet<long>();
        IEnumerable<long> slots = _leftOut.GetValueOrDefault(query.Plan.Table, []).Select(windows.SlotOf);
        foreach (long slot in slots.Concat(_dropped.GetValueOrDefault(query, [])).Distinct())
        {
            for (long end = windows.FirstEndOf(slot); end <= windows.LastEndOf(slot); end += windows.EveryTicks)
            {
                ends.Add(end);
            }
        }

        return ends;
    }

    private static long LongestReach(ContinuousQuery[] queries) =>
        queries.Max(query => query.Windows.WindowTicks + query.Windows.LatenessTicks + query.ReachTicks);

    private ContinuousQuery[] QueriesOf(Table table) => [.. _pipeline.Queries.Where(query => query.Plan?.Table == table.Name)];

    // Whole seconds: no window is shorter.
    private void NoteLeftOut(string table, CommittedBatch committed)
    {
        var timestamps = (FixedVector<long>)committed.ColumnAs(new Column(SystemColumns.Timestamp, ScalarType.DateTime));
        long oldest = committed.IngestedTicks - _options.MaxDelay.Ticks;
        long newest = committed.IngestedTicks + _options.MaxAhead.Ticks;
        SortedSet<long>? seconds = null;
        for (int row = 0; row < timestamps.Length; row++)
        {
            long ticks = timestamps[row];
            if (ticks >= oldest && ticks <= newest)
            {
                continue;
            }

            if (seconds is null && !_leftOut.TryGetValue(table, out seconds))
            {
                _leftOut.Add(table, seconds = []);
            }

            seconds.Add(ticks - (ticks % TimeSpan.TicksPerSecond));
        }
    }
}
