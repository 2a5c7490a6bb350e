namespace Bongsu.Query.Plan.Optimisation;

/// <summary><c>take</c> moves below projections and into scans; behind <c>sort</c> it makes a <c>top</c>.</summary>
internal static class LimitPushDown
{
    public static LogicalPlan Push(LogicalPlan plan) => plan switch
    {
        TakePlan take => Take(Push(take.Input), take.Count, take.IsSerialized),
        FilterPlan filter => filter with { Input = Push(filter.Input) },
        ProjectPlan project => project with { Input = Push(project.Input) },
        SummarizePlan summarize => summarize with { Input = Push(summarize.Input) },
        SortPlan sort => sort with { Input = Push(sort.Input) },
        TopPlan top => top with { Input = Push(top.Input) },
        UnionPlan union => union with { Inputs = [.. union.Inputs.Select(Push)] },
        JoinPlan join => join with { Left = Push(join.Left), Right = Push(join.Right) },
        MvExpandPlan expand => expand with { Input = Push(expand.Input) },
        ParsePlan parse => parse with { Input = Push(parse.Input) },
        ReducePlan reduce => reduce with { Input = Push(reduce.Input) },
        _ => plan,
    };

    private static LogicalPlan Take(LogicalPlan input, long count, bool isSerialized)
    {
        switch (input)
        {
            case TakePlan take:
                return take with { Count = Math.Min(take.Count, count) };
            case TopPlan top:
                return top with { Count = Math.Min(top.Count, count) };
            case SortPlan sort:
                return new TopPlan(sort.Input, count, sort.Keys) { IsSerialized = true };
            case ProjectPlan project when !project.Expressions.Any(ExpressionColumns.HasWindow):
                return project with { Input = Take(project.Input, count, project.Input.IsSerialized) };
            case ParsePlan { DropsUnmatched: false } parse:
                return parse with { Input = Take(parse.Input, count, parse.Input.IsSerialized) };
            case UnionPlan union:
                LogicalPlan[] inputs = [.. union.Inputs.Select(one => Take(one, count, one.IsSerialized))];
                return new TakePlan(union with { Inputs = inputs }, count) { IsSerialized = isSerialized };
            case ScanPlan scan:
                var limited = scan with { Limit = Math.Min(scan.Limit ?? long.MaxValue, count) };
                return new TakePlan(limited, count) { IsSerialized = isSerialized };
            default:
                return new TakePlan(input, count) { IsSerialized = isSerialized };
        }
    }
}
