using Bongsu.Query.Operators;
using Bongsu.Query.Operators.Scanning;
using Bongsu.Query.Plan;
using Bongsu.Query.Plan.Optimisation;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Query.Execution;

/// <summary>Makes operators out of a logical plan.</summary>
internal sealed class OperatorBuilder
{
    private readonly QueryRun _run;
    private readonly SubqueryResolver _subqueries;

    public OperatorBuilder(QueryRun run)
    {
        _run = run;
        _subqueries = new SubqueryResolver(run, Build);
    }

    /// <summary>The operators of a plan; runs its subqueries.</summary>
    public Operator Build(LogicalPlan plan) => plan switch
    {
        ScanPlan scan => BuildScan(scan, null),
        ValuesPlan values => new ValuesOperator(_run, values),
        RangePlan range => new RangeOperator(
            _run, range with { From = Resolve(range.From), To = Resolve(range.To), Step = Resolve(range.Step) }),
        FilterPlan filter => new FilterOperator(
            _run, Input(filter.Input, [filter.Predicate]), filter with { Predicate = Resolve(filter.Predicate) }),
        ProjectPlan project => new ProjectOperator(
            _run,
            project.Expressions.Any(HasWindow) ? Input(project.Input, project.Expressions) : BuildFor(project.Input, project.Expressions),
            project with { Expressions = Resolve(project.Expressions) }),
        SummarizePlan summarize => BuildSummarize(summarize),
        SortPlan sort => new SortOperator(_run, Build(sort.Input), sort with { Keys = Resolve(sort.Keys) }),
        TopPlan top => new TopOperator(_run, BuildTopInput(top), top with { Keys = Resolve(top.Keys) }),
        TakePlan take => new TakeOperator(_run, Build(take.Input), take),
        UnionPlan union => new UnionOperator(_run, union.Inputs.Select(Build).ToArray(), union),
        ParsePlan parse => new ParseOperator(
            _run, Input(parse.Input, [parse.Text]), parse with { Text = Resolve(parse.Text) }),
        JoinPlan join => new JoinOperator(
            _run,
            Build(join.Left),
            Build(join.Right),
            join with { LeftKeys = Resolve(join.LeftKeys), RightKeys = Resolve(join.RightKeys) }),
        ReducePlan reduce => new ReduceOperator(_run, Build(reduce.Input), reduce),
        MvExpandPlan expand => new MvExpandOperator(
            _run,
            Build(expand.Input),
            expand with { Columns = expand.Columns.Select(column => column with { Array = Resolve(column.Array) }).ToArray() }),
        _ => throw new NotSupportedException($"{plan.GetType().Name} cannot be executed yet"),
    };

    // What only the scan's filter reads need not be gathered of the rows that are left.
    private Operator BuildFor(LogicalPlan input, IEnumerable<BoundExpression> expressions)
    {
        if (input is not ScanPlan { Filter: not null } scan)
        {
            return Build(input);
        }

        var needed = new SortedSet<int>();
        foreach (BoundExpression expression in expressions)
        {
            ExpressionColumns.Collect(expression, needed);
        }

        return BuildScan(scan, null, needed);
    }

    private ScanOperator BuildScan(ScanPlan plan, ScanFilter? lastFilter, IReadOnlySet<int>? needed = null)
    {
        TableSnapshot snapshot = _run.Source.Snapshot(plan.Table)
            ?? throw new QueryException("unknown_name", $"there is no table '{plan.Table}'", default);
        ScanPlan resolved = plan.Filter is null ? plan : plan with { Filter = Resolve(plan.Filter) };
        return new ScanOperator(_run, snapshot, resolved, lastFilter, needed);
    }

    // Top by the table's own time: the scan goes from the right end and leaves out rows that cannot be among the best.
    private Operator BuildTopInput(TopPlan top)
    {
        bool isByTime = top.Count is > 0 and <= TopTimeFilter.MaxCount
            && top.Keys[0].Expression is BoundColumn
            && top.Input is ScanPlan or ProjectPlan { Input: ScanPlan };
        var project = top.Input as ProjectPlan;
        var scan = (project?.Input ?? top.Input) as ScanPlan;
        BoundExpression? key = isByTime && project is not null
            ? project.Expressions[((BoundColumn)top.Keys[0].Expression).Index]
            : top.Keys[0].Expression;
        if (!isByTime || key is not BoundColumn { Name: SystemColumns.Timestamp } || scan!.Limit is not null
            || (project is not null && project.Expressions.Any(HasWindow)))
        {
            return Build(top.Input);
        }

        ScanOperator source = BuildScan(scan, new TopTimeFilter((int)top.Count, top.Keys[0].IsDescending));
        return project is null
            ? source
            : new ProjectOperator(_run, source, project with { Expressions = Resolve(project.Expressions) });
    }

    private SummarizeOperator BuildSummarize(SummarizePlan plan)
    {
        BoundAggregate[] aggregates = plan.Aggregates
            .Select(aggregate => aggregate with { Arguments = Resolve(aggregate.Arguments) })
            .ToArray();
        return new SummarizeOperator(
            _run,
            BuildFor(plan.Input, [.. plan.Keys, .. plan.Aggregates.SelectMany(aggregate => aggregate.Arguments)]),
            plan with { Keys = Resolve(plan.Keys), Aggregates = aggregates });
    }

    // Window functions see rows before and after: their operator gets everything in one batch.
    private Operator Input(LogicalPlan input, IReadOnlyList<BoundExpression> expressions) =>
        expressions.Any(HasWindow) ? new WholeInputOperator(_run, Build(input)) : Build(input);

    private static bool HasWindow(BoundExpression expression) =>
        expression is BoundCall call && (call.Kernel.IsWindow || call.Arguments.Any(HasWindow));

    private BoundExpression Resolve(BoundExpression expression) => _subqueries.Resolve(expression);

    private BoundExpression[] Resolve(IReadOnlyList<BoundExpression> expressions) =>
        expressions.Select(Resolve).ToArray();

    private SortKey[] Resolve(IReadOnlyList<SortKey> keys) =>
        keys.Select(key => key with { Expression = Resolve(key.Expression) }).ToArray();
}
