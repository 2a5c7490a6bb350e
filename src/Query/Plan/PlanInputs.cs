namespace Bongsu.Query.Plan;

/// <summary>The plans that a plan reads.</summary>
internal static class PlanInputs
{
    /// <summary>Its inputs.</summary>
    public static IReadOnlyList<LogicalPlan> Of(LogicalPlan plan) => plan switch
    {
        FilterPlan filter => [filter.Input],
        ProjectPlan project => [project.Input],
        SummarizePlan summarize => [summarize.Input],
        SortPlan sort => [sort.Input],
        TopPlan top => [top.Input],
        TakePlan take => [take.Input],
        UnionPlan union => union.Inputs,
        JoinPlan join => [join.Left, join.Right],
        MvExpandPlan expand => [expand.Input],
        ParsePlan parse => [parse.Input],
        ReducePlan reduce => [reduce.Input],
        _ => [],
    };

    /// <summary>Its table queries inside expressions.</summary>
    public static IEnumerable<LogicalPlan> InExpressions(LogicalPlan plan) => Expressions(plan).SelectMany(Subqueries);

    private static IEnumerable<BoundExpression> Expressions(LogicalPlan plan) => plan switch
    {
        ScanPlan { Filter: { } filter } => [filter],
        RangePlan range => [range.From, range.To, range.Step],
        FilterPlan filter => [filter.Predicate],
        ProjectPlan project => project.Expressions,
        SummarizePlan summarize =>
            summarize.Keys.Concat(summarize.Aggregates.SelectMany(aggregate => aggregate.Arguments)),
        SortPlan sort => sort.Keys.Select(key => key.Expression),
        TopPlan top => top.Keys.Select(key => key.Expression),
        JoinPlan join => join.LeftKeys.Concat(join.RightKeys),
        MvExpandPlan expand => expand.Columns.Select(column => column.Array),
        ParsePlan parse => [parse.Text],
        _ => [],
    };

    private static IEnumerable<LogicalPlan> Subqueries(BoundExpression expression) => expression switch
    {
        BoundCall call => call.Arguments.SelectMany(Subqueries),
        BoundScalarSubquery subquery => [subquery.Input],
        BoundInSubquery membership => Subqueries(membership.Value).Append(membership.Input),
        _ => [],
    };
}
