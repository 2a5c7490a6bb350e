using Bongsu.Query.Kql;
using Bongsu.Store;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream;

/// <summary>
/// Runs continuous queries over batches in the order of the log: the same for live data, replay after a restart and
/// backtest.
/// Synchronous; one owner. Time is what its caller says.
/// </summary>
internal sealed class StreamPipeline
{
    // Of more than this part of the budget a query gives up corrections.
    private const int QueriesThatShareTheBudget = 8;

    private readonly StreamOptions _options;
    private readonly IQueryCatalog _catalog;
    private readonly WarmQueries? _warm;
    private readonly Dictionary<string, TableFlow> _flows = new(StringComparer.Ordinal);
    private List<ContinuousQuery> _queries = [];
    private long _boundSchemaVersion = -1;

    /// <summary>A pipeline without queries.</summary>
    /// <param name="options">Times and budgets.</param>
    /// <param name="catalog">Tables as they are now.</param>
    /// <param name="warm">Feeds rows stored before to queries that were just started; null = there are none.</param>
    public StreamPipeline(StreamOptions options, IQueryCatalog catalog, WarmQueries? warm)
    {
        _options = options;
        _catalog = catalog;
        _warm = warm;
    }

    /// <summary>The queries, in the order given.</summary>
    public IReadOnlyList<ContinuousQuery> Queries => _queries;

    public IEnumerable<TableFlow> Flows => _flows.Values;

    /// <summary>The flow of a table, made where it is missing.</summary>
    public TableFlow Flow(string table, long nowTicks)
    {
        if (!_flows.TryGetValue(table, out TableFlow? flow))
        {
            _flows.Add(table, flow = new TableFlow(table, _options, nowTicks, _warm));
        }

        return flow;
    }

    /// <summary>Sets the queries; ones that were there before keep their state.</summary>
    public void SetQueries(IEnumerable<ContinuousQuery> queries, long nowTicks)
    {
        Flush();
        _queries = [.. queries];
        _boundSchemaVersion = -1;
        Bind(schemaVersion: -1, nowTicks);
    }

    /// <summary>Binds again what waits for a table or column, or whose columns changed their type.</summary>
    /// <param name="schemaVersion">That of the catalog; nothing happens where it is as before.</param>
    /// <param name="nowTicks">Wall clock.</param>
    public void Bind(long schemaVersion, long nowTicks)
    {
        if (schemaVersion == _boundSchemaVersion && schemaVersion >= 0)
        {
            return;
        }

        Flush();
        _boundSchemaVersion = schemaVersion;
        bool isIndexStale = schemaVersion < 0;
        foreach (ContinuousQuery query in _queries)
        {
            if (query.Plan is null ? query.Statistics.Error is null || query.Statistics.IsPending : HasMoved(query))
            {
                query.Bind(_catalog, nowTicks);
                query.TellBinding(nowTicks);
                isIndexStale = true;
            }
        }

        if (!isIndexStale)
        {
            return;
        }

        ILookup<string, ContinuousQuery> byTable = _queries.Where(query => query.Plan is not null).ToLookup(query => query.Plan!.Table);
        foreach (IGrouping<string, ContinuousQuery> table in byTable)
        {
            TableFlow flow = Flow(table.Key, nowTicks);
            flow.SetQueries(table);
            flow.StartAtWatermark();
        }

        foreach (TableFlow flow in _flows.Values.Where(flow => !byTable.Contains(flow.Table)))
        {
            flow.SetQueries([]);
        }
    }

    /// <summary>Runs one batch through the queries of its table. Time stands at the batch's arrival.</summary>
    public void Process(CommittedBatch committed)
    {
        TableFlow flow = Flow(committed.Table.Name, committed.IngestedTicks);
        flow.Advance(committed.IngestedTicks);
        flow.Process(committed);
        flow.Advance(committed.IngestedTicks);
    }

    /// <summary>Feeds the queries what waits for them; state and statistics are of all batches processed from here
    /// on.</summary>
    public void Flush()
    {
        foreach (TableFlow flow in _flows.Values)
        {
            flow.Flush();
        }
    }

    /// <summary>Lets time pass without rows.</summary>
    public void Advance(long nowTicks)
    {
        foreach (TableFlow flow in _flows.Values)
        {
            flow.Advance(nowTicks);
        }
    }

    /// <summary>Holds the state of all queries within the budget: what only serves corrections goes first, in part already
    /// where a query has more than its share; then the windows of the largest.</summary>
    public void HoldBudget(long nowTicks)
    {
        long total = 0;
        foreach (ContinuousQuery query in _queries)
        {
            long size = query.MeasureState();
            if (size > _options.StateBudgetBytes / QueriesThatShareTheBudget)
            {
                query.ShedToldSlots(share: 0.5);
                size = query.MeasureState();
            }

            total += size;
        }

        ContinuousQuery[] largest = total > _options.StateBudgetBytes ? [.. _queries.OrderByDescending(query => query.Statistics.StateBytes)] : [];
        foreach (ContinuousQuery query in largest.TakeWhile(_ => total > _options.StateBudgetBytes))
        {
            total -= query.Statistics.StateBytes;
            query.ShedToldSlots(share: 1);
            total += query.MeasureState();
        }

        IEnumerable<ContinuousQuery> stillLargest = largest.OrderByDescending(query => query.Statistics.StateBytes);
        foreach (ContinuousQuery query in stillLargest.TakeWhile(_ => total > _options.StateBudgetBytes))
        {
            total -= query.Statistics.StateBytes;
            query.ShedAllSlots(_options.StateBudgetBytes, nowTicks);
        }
    }

    /// <summary>Health of a query, with its table's counters.</summary>
    public StreamStatistics StatisticsOf(ContinuousQuery query)
    {
        StreamStatistics statistics = query.Statistics;
        if (query.Plan is not { } plan || !_flows.TryGetValue(plan.Table, out TableFlow? flow))
        {
            return statistics;
        }

        return statistics with
        {
            RowsIn = flow.RowsIn,
            RowsBackfill = flow.RowsBackfill,
            RowsFuture = flow.RowsFuture,
            WatermarkTicks = flow.Clock.EventTicks == long.MinValue ? null : flow.Clock.EventTicks - query.Windows.LatenessTicks,
        };
    }

    private bool HasMoved(ContinuousQuery query)
    {
        if (_catalog.FindTable(query.Plan!.Table) is not { } now)
        {
            return true;
        }

        foreach (Core.Types.Column column in query.Plan.Scan.Schema.Columns)
        {
            int index = now.IndexOf(column.Name);
            if (index < 0 || now[index].Type != column.Type)
            {
                return true;
            }
        }

        return false;
    }
}
