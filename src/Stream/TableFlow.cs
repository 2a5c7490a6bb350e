using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;
using Bongsu.Store;
using Bongsu.Stream.Clocks;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream;

/// <summary>One table's rows on their way through its queries: what is live, event time, and who wants which rows. One
/// owner.</summary>
internal sealed class TableFlow
{
    private readonly StreamOptions _options;
    private readonly WarmQueries? _warm;
    private readonly List<ContinuousQuery> _others = [];
    private readonly Dictionary<string, EqualityIndex> _indexes = new(StringComparer.Ordinal);
    private ContinuousQuery[] _queries = [];
    private long _nextDueTicks = long.MinValue;
    private long _earlyTicks = long.MinValue;
    private long _arrivedTicks = long.MinValue;

    /// <summary>A table nobody was heard on yet.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="options">Times and budgets.</param>
    /// <param name="nowTicks">Wall clock.</param>
    /// <param name="warm">Feeds rows stored before to queries that were just started; null = there are none.</param>
    public TableFlow(string table, StreamOptions options, long nowTicks, WarmQueries? warm)
    {
        _warm = warm;
        Table = table;
        _options = options;
        Clock = new TableClock(options.IdleTimeout.Ticks, options.MaxSourcesPerTable, nowTicks);
    }

    public string Table { get; }

    public TableClock Clock { get; }

    /// <summary>Live rows.</summary>
    public long RowsIn { get; private set; }

    /// <summary>Rows too old at arrival.</summary>
    public long RowsBackfill { get; private set; }

    /// <summary>Rows too far in the future at arrival.</summary>
    public long RowsFuture { get; private set; }

    public IReadOnlyList<ContinuousQuery> Queries => _queries;

    /// <summary>Sets who is fed, and indexes it.</summary>
    public void SetQueries(IEnumerable<ContinuousQuery> queries)
    {
        _queries = [.. queries];
        _others.Clear();
        _indexes.Clear();
        foreach (ContinuousQuery query in _queries)
        {
            if (query.Equality is not { } equality)
            {
                _others.Add(query);
                continue;
            }

            if (!_indexes.TryGetValue(equality.Column, out EqualityIndex? index))
            {
                _indexes.Add(equality.Column, index = new EqualityIndex(equality.Column));
            }

            index.Add(equality.Value, query);
        }

        _nextDueTicks = long.MinValue;
    }

    /// <summary>Sorts out backfill and future rows, moves time, feeds queries.</summary>
    public void Process(CommittedBatch committed)
    {
        long arrivedBefore = _arrivedTicks;
        _arrivedTicks = Math.Max(_arrivedTicks, committed.IngestedTicks);
        LiveBatch? live = Live(committed, isCounted: true);
        if (live is null)
        {
            return;
        }

        long latest = long.MinValue;
        long earliest = long.MaxValue;
        FixedVector<long> timestamps = live.Timestamps;
        for (int row = 0; row < live.RowCount; row++)
        {
            latest = Math.Max(latest, timestamps[row]);
            earliest = Math.Min(earliest, timestamps[row]);
        }

        RowsIn += live.RowCount;
        Clock.Observe(committed.SourceId, latest, committed.IngestedTicks);
        Start(query => earliest, Math.Max(arrivedBefore, committed.IngestedTicks - 1));
        Feed(live, static (query, rows) => query.Accept(rows));
        _nextDueTicks = long.MinValue;
    }

    /// <summary>Tells windows that are due.</summary>
    public void Advance(long nowTicks)
    {
        long eventTicks = Clock.Advance(nowTicks);
        if (eventTicks >= _nextDueTicks)
        {
            long next = long.MaxValue;
            foreach (ContinuousQuery query in _queries)
            {
                if (query.NextDueTicks <= eventTicks)
                {
                    query.Advance(eventTicks, Clock.LatestRowTicks);
                }

                next = Math.Min(next, query.NextDueTicks);
            }

            _nextDueTicks = next;
        }

        if (nowTicks >= _earlyTicks)
        {
            _earlyTicks = nowTicks + Math.Min(_options.EarlyInterval.Ticks, long.MaxValue - nowTicks);
            foreach (ContinuousQuery query in _queries)
            {
                query.TellEarly();
            }
        }
    }

    /// <summary>Gives every query the rows its index entry names.</summary>
    public void Feed(LiveBatch live, Action<ContinuousQuery, LiveBatch> feed)
    {
        foreach (ContinuousQuery query in _others)
        {
            feed(query, live);
        }

        foreach (EqualityIndex index in _indexes.Values)
        {
            index.Feed(live, feed);
        }
    }

    /// <summary>Starts queries that have no place in time yet at their watermark, where the table was heard
    /// before.</summary>
    public void StartAtWatermark()
    {
        if (Clock.LatestRowTicks != long.MinValue && Clock.EventTicks != long.MinValue)
        {
            Start(query => Clock.EventTicks - query.Windows.LatenessTicks, _arrivedTicks);
        }
    }

    /// <summary>Live rows of a batch; null where there are none.</summary>
    public LiveBatch? Live(CommittedBatch committed, bool isCounted)
    {
        var timestamps = (FixedVector<long>)committed.ColumnAs(new Column(SystemColumns.Timestamp, ScalarType.DateTime));
        long oldest = committed.IngestedTicks - _options.MaxDelay.Ticks;
        long newest = committed.IngestedTicks + _options.MaxAhead.Ticks;
        var live = new List<int>();
        for (int row = 0; row < timestamps.Length; row++)
        {
            long ticks = timestamps[row];
            if (ticks < oldest)
            {
                RowsBackfill += isCounted ? 1 : 0;
            }
            else if (ticks > newest)
            {
                RowsFuture += isCounted ? 1 : 0;
            }
            else
            {
                live.Add(row);
            }
        }

        return live.Count == 0 ? null : new LiveBatch(committed, live.Count == timestamps.Length ? null : [.. live]);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_arrivedTicks);
        writer.Write(RowsIn);
        writer.Write(RowsBackfill);
        writer.Write(RowsFuture);
        Clock.Write(writer);
    }

    public void Read(BinaryReader reader, long restartTicks)
    {
        _arrivedTicks = reader.ReadInt64();
        RowsIn = reader.ReadInt64();
        RowsBackfill = reader.ReadInt64();
        RowsFuture = reader.ReadInt64();
        Clock.Read(reader, restartTicks);
    }

    // What the first windows of a query need is read from the store: batches that passed here before.
    private void Start(Func<ContinuousQuery, long> ticksOf, long arrivedThroughTicks)
    {
        ContinuousQuery[] starting = [.. _queries.Where(query => !query.IsStarted && query.Plan is not null)];
        if (starting.Length == 0)
        {
            return;
        }

        foreach (ContinuousQuery query in starting)
        {
            query.Start(ticksOf(query), arrivedThroughTicks);
        }

        _warm?.Invoke(this, starting, arrivedThroughTicks);
        _nextDueTicks = long.MinValue;
    }

    /// <summary>Queries by the text a column must equal: one look-up per row (per dictionary entry) for all of
    /// them.</summary>
    private sealed class EqualityIndex
    {
        private readonly Column _column;
        private readonly GroupTable _values = new([ScalarType.String]);
        private readonly List<List<ContinuousQuery>> _queriesByValue = [];

        public EqualityIndex(string column)
        {
            _column = new Column(column, ScalarType.String);
        }

        public void Add(string value, ContinuousQuery query)
        {
            int[] group = new int[1];
            _values.Assign([StringVector.Of(value)], group);
            if (group[0] == _queriesByValue.Count)
            {
                _queriesByValue.Add([]);
            }

            _queriesByValue[group[0]].Add(query);
        }

        public void Feed(LiveBatch live, Action<ContinuousQuery, LiveBatch> feed)
        {
            int[] groups = new int[live.RowCount];
            _values.Find([live.Find(_column)], groups);
            var rowsByValue = new Dictionary<int, List<int>>();
            for (int row = 0; row < groups.Length; row++)
            {
                if (groups[row] < 0)
                {
                    continue;
                }

                if (!rowsByValue.TryGetValue(groups[row], out List<int>? rows))
                {
                    rowsByValue.Add(groups[row], rows = []);
                }

                rows.Add(row);
            }

            foreach ((int value, List<int> rows) in rowsByValue)
            {
                LiveBatch picked = rows.Count == live.RowCount ? live : live.Pick([.. rows]);
                foreach (ContinuousQuery query in _queriesByValue[value])
                {
                    feed(query, picked);
                }
            }
        }
    }
}
