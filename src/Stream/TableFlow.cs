using System.Diagnostics;
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
    // Past these nothing is saved by waiting, and blocks of stored rows keep their form.
    private const int MaxWaitingRows = 16_384;
    private static readonly TimeSpan s_earlyBudget = TimeSpan.FromMilliseconds(20);

    private readonly StreamOptions _options;
    private readonly WarmQueries? _warm;
    private readonly List<ContinuousQuery> _others = [];
    private readonly Dictionary<string, EqualityIndex> _indexes = new(StringComparer.Ordinal);
    private readonly List<LiveRows> _waiting = [];
    private ContinuousQuery[] _queries = [];
    private long _nextDueTicks = long.MinValue;
    private long _earlyTicks = long.MinValue;
    private long _arrivedTicks = long.MinValue;
    private long _aloneThroughSequence;
    private long _aloneThroughTicks = long.MinValue;
    private int _waitingRows;
    private int _nextEarly;
    private bool _hasNewQueries;

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

        _hasNewQueries = _queries.Any(query => !query.IsStarted);
        _aloneThroughSequence = _queries.Select(query => query.Sequence).DefaultIfEmpty().Max();
        _aloneThroughTicks = _queries.Select(query => query.WarmThroughTicks).DefaultIfEmpty(long.MinValue).Max();
        _nextDueTicks = long.MinValue;
    }

    /// <summary>
    /// Sorts out backfill and future rows, moves time, takes rows for the queries. They are fed once a window is due, or
    /// many rows wait, or <see cref="Flush"/> asks for it: until then no query could tell the difference.
    /// </summary>
    public void Process(CommittedBatch committed)
    {
        long arrivedBefore = _arrivedTicks;
        _arrivedTicks = Math.Max(_arrivedTicks, committed.IngestedTicks);
        if (Live(committed, isCounted: true) is not { } live)
        {
            return;
        }

        (long earliest, long latest) = live.Range();
        RowsIn += live.RowCount;
        Clock.Observe(committed.SourceId, latest, committed.IngestedTicks);
        if (_hasNewQueries)
        {
            Flush();
            Start(query => earliest, Math.Max(arrivedBefore, committed.IngestedTicks - 1));
        }

        // What some queries know already (from their checkpoint, from the store) is not mixed with what they do not.
        bool isAlone = committed.Sequence <= _aloneThroughSequence || committed.IngestedTicks <= _aloneThroughTicks;
        if (isAlone || _waitingRows + live.RowCount > MaxWaitingRows)
        {
            Flush();
        }

        _waiting.Add(live);
        _waitingRows += live.RowCount;
        if (isAlone)
        {
            Flush();
        }
    }

    /// <summary>Feeds the queries what waits.</summary>
    public void Flush()
    {
        if (_waitingRows == 0)
        {
            return;
        }

        var live = new LiveBatch([.. _waiting]);
        _waiting.Clear();
        _waitingRows = 0;
        _nextDueTicks = long.MinValue;
        Feed(live, static (query, rows) => query.Accept(rows));
    }

    /// <summary>Tells windows that are due.</summary>
    public void Advance(long nowTicks)
    {
        long eventTicks = Clock.Advance(nowTicks);
        if (eventTicks >= _nextDueTicks)
        {
            Flush();
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
            Flush();
            TellEarly();
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
    public LiveRows? Live(CommittedBatch committed, bool isCounted)
    {
        var timestamps = (FixedVector<long>)committed.ColumnAs(new Column(SystemColumns.Timestamp, ScalarType.DateTime));
        long oldest = committed.IngestedTicks - _options.MaxDelay.Ticks;
        long newest = committed.IngestedTicks + _options.MaxAhead.Ticks;
        if (AreAllWithin(timestamps.Values, oldest, newest))
        {
            return timestamps.Length == 0 ? null : new LiveRows(committed, null);
        }

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

        return live.Count == 0 ? null : new LiveRows(committed, live.Count == timestamps.Length ? null : [.. live]);
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

    private static bool AreAllWithin(ReadOnlySpan<long> values, long least, long most)
    {
        foreach (long value in values)
        {
            if (value < least || value > most)
            {
                return false;
            }
        }

        return true;
    }

    // In turns, and no longer than a share of the time: what is not looked at early is told at its end.
    private void TellEarly()
    {
        long from = Stopwatch.GetTimestamp();
        for (int turn = 0; turn < _queries.Length; turn++)
        {
            _nextEarly = _nextEarly + 1 < _queries.Length ? _nextEarly + 1 : 0;
            if (!_queries[_nextEarly].HasOpenWindows)
            {
                continue;
            }

            _queries[_nextEarly].TellEarly();
            if (Stopwatch.GetElapsedTime(from) > s_earlyBudget)
            {
                break;
            }
        }
    }

    // What the first windows of a query need is read from the store: batches that passed here before.
    private void Start(Func<ContinuousQuery, long> ticksOf, long arrivedThroughTicks)
    {
        _hasNewQueries = false;
        ContinuousQuery[] starting = [.. _queries.Where(query => !query.IsStarted && query.Plan is not null)];
        if (starting.Length == 0)
        {
            return;
        }

        foreach (ContinuousQuery query in starting)
        {
            query.Start(ticksOf(query), arrivedThroughTicks);
        }

        _aloneThroughTicks = Math.Max(_aloneThroughTicks, arrivedThroughTicks);
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
        private int[] _groups = [];

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
            if (_groups.Length < live.RowCount)
            {
                _groups = new int[live.RowCount];
            }

            Span<int> groups = _groups.AsSpan(0, live.RowCount);
            _values.Find([live.Find(_column)], groups);
            int[] ends = EndsByValue(groups, out int matching);
            int[] rows = RowsByValue(groups, ends, matching);
            int start = 0;
            for (int value = 0; value < ends.Length; value++)
            {
                int end = ends[value];
                if (end > start)
                {
                    LiveBatch picked = live.Pick(rows[start..end]);
                    foreach (ContinuousQuery query in _queriesByValue[value])
                    {
                        feed(query, picked);
                    }
                }

                start = end;
            }
        }

        // Where each value's rows end once they are sorted by value; a counting sort's first half.
        private int[] EndsByValue(ReadOnlySpan<int> groups, out int matching)
        {
            int[] starts = new int[_queriesByValue.Count];
            foreach (int group in groups)
            {
                if (group >= 0)
                {
                    starts[group]++;
                }
            }

            matching = 0;
            for (int value = 0; value < starts.Length; value++)
            {
                (starts[value], matching) = (matching, matching + starts[value]);
            }

            return starts;
        }

        private static int[] RowsByValue(ReadOnlySpan<int> groups, int[] nextByValue, int matching)
        {
            int[] rows = new int[matching];
            for (int row = 0; row < groups.Length; row++)
            {
                if (groups[row] >= 0)
                {
                    rows[nextByValue[groups[row]]++] = row;
                }
            }

            return rows;
        }
    }
}
