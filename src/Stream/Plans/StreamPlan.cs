using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql;
using Bongsu.Query.Plan;
using Bongsu.Store;
using Bongsu.Stream.Events;

namespace Bongsu.Stream.Plans;

/// <summary>
/// A query cut in three for the stream: rows (per batch, as they come), aggregates (kept per slot) and the rest (per
/// window). A query without <c>summarize</c> counts its rows and keeps one of them as a sample. Immutable.
/// </summary>
public sealed class StreamPlan
{
    /// <summary>Result column that counts rows, in a query without <c>summarize</c>.</summary>
    public const string RowCountColumn = "rows";

    // A sample row is evidence for people: more columns than this nobody reads.
    private const int MaxSampleColumns = 40;

    private readonly LogicalPlan[] _rest;
    private readonly LogicalPlan[] _restWithoutCondition;

    private StreamPlan(BoundQuery query, ScanPlan scan, LogicalPlan[] stages, SummarizePlan summarize, LogicalPlan[] rest)
    {
        NowTicks = query.NowTicks;
        Scan = scan;
        Stages = stages;
        Keys = summarize.Keys;
        KeyTypes = [.. summarize.Keys.Select(key => key.Type)];
        Aggregates = summarize.Aggregates;
        AggregateSchema = summarize.Schema;
        RowSchema = summarize.Input.Schema;
        _rest = rest;
        int lastSummarize = Array.FindLastIndex(rest, node => node is SummarizePlan);
        _restWithoutCondition = [.. rest.Where((node, index) => index <= lastSummarize || node is not (FilterPlan or TopPlan or TakePlan))];
        Thresholds = [.. Enumerable.Range(lastSummarize + 1, rest.Length - lastSummarize - 1)
            .Where(index => rest[index] is FilterPlan)
            .SelectMany(index => Threshold.Find(((FilterPlan)rest[index]).Predicate, rest[(index + 1)..]))];
    }

    /// <summary>Table the rows are of.</summary>
    public string Table => Scan.Table;

    /// <summary>Columns of the result of a window.</summary>
    public Schema ResultSchema =>
        Detector is not null ? Detector.ResultSchema : _rest.Length == 0 ? AggregateSchema : _rest[^1].Schema;

    /// <summary>Result columns that tell results apart: what <c>by</c> names.</summary>
    public IReadOnlyList<int> KeyColumns { get; private init; } = [];

    /// <summary>The <c>by</c> columns of the first <c>summarize</c>, each with the column of the rows it is, or null
    /// where it is computed.</summary>
    public IEnumerable<(string Key, string? Source)> KeySources =>
        Detector is not null
            ? Detector.KeyColumns.Select((key, index) => (key.Name, index < Detector.ByCount ? key.Name : null))
            : Keys.Select((key, index) => (AggregateSchema[index].Name, (key as BoundColumn)?.Name));

    /// <summary>Comparisons of result columns with constants in the query's condition, in their order.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; }

    /// <summary>True where the query has one <c>countif</c>, and its condition asks for many of these rows.</summary>
    public bool FiresOnCounted { get; private init; }

    /// <summary>True where the query has no <c>summarize</c>: its result is a count and a sample.</summary>
    public bool CountsRows { get; private init; }

    /// <summary>What the state of slots depends on; a recompiled query with the same text here can go on with its
    /// state.</summary>
    public string StateSignature =>
        Detector is not null ? Detector.Signature :
        string.Join(',', KeyTypes.Select(type => type.Name())) + '|' +
        string.Join(',', Aggregates.Select(aggregate =>
            aggregate.Function + '(' + string.Join(',', aggregate.Kernel.ParameterTypes.Select(type => type.Name())) + ')'));

    /// <summary>True where further rows can only make the condition hold for more keys, never for fewer.</summary>
    internal bool IsMonotone { get; private init; }

    /// <summary>What watches the rows one by one; null where windows of aggregates are told.</summary>
    internal Detector? Detector { get; private init; }

    internal long NowTicks { get; }

    internal ScanPlan Scan { get; }

    internal IReadOnlyList<LogicalPlan> Stages { get; }

    internal IReadOnlyList<BoundExpression> Keys { get; }

    internal IReadOnlyList<ScalarType> KeyTypes { get; }

    internal IReadOnlyList<BoundAggregate> Aggregates { get; }

    internal Schema AggregateSchema { get; }

    /// <summary>Columns of the rows that are aggregated.</summary>
    internal Schema RowSchema { get; }

    /// <summary>Cuts a compiled query.</summary>
    /// <exception cref="QueryException">Code <c>unsupported</c>: the query cannot run over a stream; the message says
    /// why.</exception>
    public static StreamPlan Create(BoundQuery query)
    {
        List<LogicalPlan> chain = PlanChain.Of(query.Plan);
        var scan = (ScanPlan)chain[0];
        int summarizeAt = chain.FindIndex(node => node is SummarizePlan);
        int stageEnd = summarizeAt < 0 ? chain.Count : summarizeAt;
        LogicalPlan[] stages = [.. chain.Skip(1).Take(stageEnd - 1)];
        foreach (LogicalPlan stage in stages)
        {
            PlanChain.RequireRowOperator(stage);
        }

        if (summarizeAt < 0)
        {
            return new StreamPlan(query, scan, stages, RowCount(query.Plan), []) { CountsRows = true, IsMonotone = true };
        }

        var summarize = (SummarizePlan)chain[summarizeAt];
        LogicalPlan[] rest = [.. chain.Skip(summarizeAt + 1)];
        if (summarize.Keys.Any(key => key.Type == ScalarType.DateTime))
        {
            throw PlanChain.Unsupported(
                "a rule cannot group by a datetime: its windows are given by 'every' and 'window'; take bin(timestamp, …) out of 'by'");
        }

        if (summarize.Keys.Count == 0 && !rest.Any(node => node is FilterPlan))
        {
            throw PlanChain.Unsupported("the query has no condition after 'summarize', so it would always hold; add for instance '| where x > 10'");
        }

        return new StreamPlan(query, scan, stages, summarize, rest)
        {
            KeyColumns = TraceKeys(summarize, rest),
            IsMonotone = MonotoneCondition.Holds(summarize, rest),
            FiresOnCounted = CountedCondition.Holds(summarize, rest),
        };
    }

    /// <summary>Refuses a query whose rows cannot be put into sessions.</summary>
    /// <exception cref="QueryException">Code <c>unsupported</c>; the message says why.</exception>
    public void RequireSessions()
    {
        if (CountsRows)
        {
            throw PlanChain.Unsupported("a rule with 'session_gap' needs 'summarize … by', which says what is told of a session");
        }

        if (RowSchema.IndexOf(SystemColumns.Timestamp) < 0)
        {
            throw PlanChain.Unsupported("the rows of a rule with 'session_gap' must keep their 'timestamp': name it in 'project' too");
        }
    }

    /// <summary>Makes the plan of a query whose rows are watched one by one.</summary>
    /// <exception cref="QueryException">The query cannot run over a stream, or its rows lack a column that is watched;
    /// the message says why.</exception>
    public static StreamPlan CreateForEvents(BoundQuery query, EventSpec spec)
    {
        if (PlanChain.Of(query.Plan).Exists(node => node is SummarizePlan))
        {
            throw PlanChain.Unsupported("this kind of rule looks at rows one by one: take 'summarize' (also 'count', 'distinct') out of the query");
        }

        if (query.Schema.IndexOf(SystemColumns.Timestamp) < 0)
        {
            throw PlanChain.Unsupported($"the query must keep the column '{SystemColumns.Timestamp}'");
        }

        BoundQuery rows = query.Keep([.. spec.By.Concat(spec.Watched).Prepend(SystemColumns.Timestamp).Distinct()]);
        if (rows.Schema[0].Type != ScalarType.DateTime)
        {
            throw PlanChain.Unsupported("the rows of the query must keep their 'timestamp' as it is");
        }

        StreamPlan plan = Create(rows);
        Detector detector = Detector.Create(spec, rows.Schema);
        return new StreamPlan(rows, plan.Scan, [.. plan.Stages], RowCount(rows.Plan), [])
        {
            Detector = detector,
            KeyColumns = [.. Enumerable.Range(0, detector.KeyColumns.Count)],
        };
    }

    /// <summary>For each entry of <see cref="Events.Detector.SeedColumns"/>, the latest times in a stretch before.</summary>
    /// <param name="fromTicks">Start, included.</param>
    /// <param name="toTicks">End, excluded.</param>
    /// <param name="maxRows">Most values; of more, the latest.</param>
    internal IReadOnlyList<LogicalPlan> SeedPlans(long fromTicks, long toTicks, int maxRows)
    {
        LogicalPlan rows = Scan with { FromTicks = Math.Max(Scan.FromTicks, fromTicks), ToTicks = Math.Min(Scan.ToTicks, toTicks) };
        foreach (LogicalPlan stage in Stages)
        {
            rows = PlanChain.WithInput(stage, rows);
        }

        BoundColumn Named(string name) => new(rows.Schema.IndexOf(name), name, rows.Schema[rows.Schema.IndexOf(name)].Type);
        string[] by = [.. Detector!.KeyColumns.Take(Detector.ByCount).Select(column => column.Name)];
        BoundColumn time = Named(SystemColumns.Timestamp);
        AggregateKernel latest = FunctionRegistry.FindAggregate("max")!.Bind([new ScalarArgument(time.Type, null, time.Name)]);
        return [.. Detector.SeedColumns.Select(columns =>
        {
            BoundColumn[] keys = [.. by.Concat(columns).Select(Named)];
            Column[] schema = [.. keys.Select((key, index) => new Column($"k{index}", key.Type)), new Column("latest", time.Type)];
            var distinct = new SummarizePlan(rows, keys, [new BoundAggregate("max", latest, [time])], new Schema(schema));
            var order = new SortKey(new BoundColumn(keys.Length, "latest", time.Type), IsDescending: true, NullsFirst: false);
            return (LogicalPlan)new TopPlan(distinct, maxRows, [order]);
        })];
    }

    /// <summary>True where a query only lacks a table or a column, which may come with the next row.</summary>
    public static bool MayComeTrue(QueryException exception) => exception.Code is "unknown_table" or "unknown_name";

    /// <summary>The rest of the query over the aggregates of a window.</summary>
    /// <exception cref="QueryException">A limit was passed.</exception>
    internal Batch Finish(Batch aggregates) => Finish(aggregates, _rest);

    /// <summary>The same without the condition at its end.</summary>
    /// <exception cref="QueryException">A limit was passed.</exception>
    internal Batch FinishWithoutCondition(Batch aggregates) => Finish(aggregates, _restWithoutCondition);

    private Batch Finish(Batch aggregates, LogicalPlan[] rest)
    {
        LogicalPlan? plan = null;
        foreach (LogicalPlan node in rest)
        {
            plan = PlanChain.WithInput(node, plan ?? new ValuesPlan(aggregates));
        }

        return plan is null ? aggregates : PlanRunner.Run(plan, NowTicks);
    }

    private static SummarizePlan RowCount(LogicalPlan input)
    {
        var aggregates = new List<BoundAggregate>();
        var columns = new List<Column>();
        AddAggregate("count", [], input.Schema.IndexOf(RowCountColumn) < 0 ? RowCountColumn : RowCountColumn + "_");
        if (FunctionRegistry.FindAggregate("take_any") is not null)
        {
            for (int column = 0; column < Math.Min(input.Schema.Count, MaxSampleColumns); column++)
            {
                Column sampled = input.Schema[column];
                AddAggregate("take_any", [new BoundColumn(column, sampled.Name, sampled.Type)], sampled.Name);
            }
        }

        return new SummarizePlan(input, [], aggregates, new Schema(columns));

        void AddAggregate(string function, BoundExpression[] arguments, string name)
        {
            AggregateKernel kernel = FunctionRegistry.FindAggregate(function)!.Bind(
                [.. arguments.Select(argument => new ScalarArgument(argument.Type, null, ((BoundColumn)argument).Name))]);
            aggregates.Add(new BoundAggregate(function, kernel, arguments));
            columns.Add(new Column(name, kernel.Outputs[0].Type));
        }
    }

    // Where the keys of the last summarize are in the result.
    private static int[] TraceKeys(SummarizePlan first, LogicalPlan[] rest)
    {
        SummarizePlan last = rest.OfType<SummarizePlan>().LastOrDefault() ?? first;
        int[] positions = [.. Enumerable.Range(0, last.Keys.Count)];
        int lastAt = Array.IndexOf(rest, last);
        foreach (LogicalPlan node in rest.Skip(lastAt + 1))
        {
            if (node is not ProjectPlan project)
            {
                continue;
            }

            for (int key = 0; key < positions.Length; key++)
            {
                int from = positions[key];
                positions[key] = project.Expressions.ToList().FindIndex(expression => expression is BoundColumn column && column.Index == from);
                if (positions[key] < 0)
                {
                    throw PlanChain.Unsupported(
                        $"the key '{last.Schema[key].Name}' of 'summarize … by' is dropped later; keep it, so that alerts can be told apart");
                }
            }
        }

        return positions;
    }
}
