namespace Bongsu.Query.Plan.Optimisation;

/// <summary>Optimises the table queries that stand inside expressions.</summary>
internal static class SubqueryOptimiser
{
    public static LogicalPlan Optimise(LogicalPlan plan) => plan switch
    {
        ScanPlan { Filter: { } filter } scan => scan with { Filter = Inside(filter) },
        RangePlan range => range with { From = Inside(range.From), To = Inside(range.To), Step = Inside(range.Step) },
        FilterPlan filter => filter with { Input = Optimise(filter.Input), Predicate = Inside(filter.Predicate) },
        ProjectPlan project => project with { Input = Optimise(project.Input), Expressions = Inside(project.Expressions) },
        SummarizePlan summarize => summarize with
        {
            Input = Optimise(summarize.Input),
            Keys = Inside(summarize.Keys),
            Aggregates = [.. summarize.Aggregates.Select(
                aggregate => aggregate with { Arguments = Inside(aggregate.Arguments) })],
        },
        SortPlan sort => sort with { Input = Optimise(sort.Input), Keys = Inside(sort.Keys) },
        TopPlan top => top with { Input = Optimise(top.Input), Keys = Inside(top.Keys) },
        TakePlan take => take with { Input = Optimise(take.Input) },
        UnionPlan union => union with { Inputs = [.. union.Inputs.Select(Optimise)] },
        JoinPlan join => join with
        {
            Left = Optimise(join.Left),
            Right = Optimise(join.Right),
            LeftKeys = Inside(join.LeftKeys),
            RightKeys = Inside(join.RightKeys),
        },
        MvExpandPlan expand => expand with
        {
            Input = Optimise(expand.Input),
            Columns = [.. expand.Columns.Select(column => column with { Array = Inside(column.Array) })],
        },
        ReducePlan reduce => reduce with { Input = Optimise(reduce.Input) },
        ParsePlan parse => parse with { Input = Optimise(parse.Input), Text = Inside(parse.Text) },
        _ => plan,
    };

    private static BoundExpression Inside(BoundExpression expression) => expression switch
    {
        BoundCall call => call with { Arguments = Inside(call.Arguments) },
        BoundScalarSubquery subquery => subquery with { Input = PlanOptimiser.Optimise(subquery.Input) },
        BoundInSubquery membership => membership with
        {
            Value = Inside(membership.Value),
            Input = PlanOptimiser.Optimise(membership.Input),
        },
        _ => expression,
    };

    private static BoundExpression[] Inside(IReadOnlyList<BoundExpression> expressions) =>
        [.. expressions.Select(Inside)];

    private static SortKey[] Inside(IReadOnlyList<SortKey> keys) =>
        [.. keys.Select(key => key with { Expression = Inside(key.Expression) })];
}
