namespace Bongsu.Query.Plan.Optimisation;

/// <summary>Which filters over a join may be applied to its sides before.</summary>
internal static class JoinFilters
{
    public static LogicalPlan Push(
        JoinPlan join, List<BoundExpression> conjuncts, Func<LogicalPlan, List<BoundExpression>, LogicalPlan> push)
    {
        bool isRightOnly = join.Kind is JoinKind.RightSemi or JoinKind.RightAnti;
        int leftCount = isRightOnly ? 0 : join.Left.Schema.Count;
        List<BoundExpression> left = [];
        List<BoundExpression> right = [];
        List<BoundExpression> rest = conjuncts;
        if (join.Kind is JoinKind.Inner or JoinKind.LeftOuter or JoinKind.LeftSemi or JoinKind.LeftAnti)
        {
            (left, rest) = FilterPushDown.Divide(rest, column => column < leftCount);
        }
        else if (join.Kind == JoinKind.InnerUnique)
        {
            // A filter by anything but the keys could choose another row of each key.
            HashSet<int> keys = [.. join.LeftKeys.OfType<BoundColumn>().Select(column => column.Index)];
            (left, rest) = FilterPushDown.Divide(rest, keys.Contains);
        }

        if (join.Kind is JoinKind.Inner or JoinKind.InnerUnique or JoinKind.RightOuter or JoinKind.RightSemi or JoinKind.RightAnti)
        {
            (right, rest) = FilterPushDown.Divide(rest, column => column >= leftCount);
            right = [.. right.Select(conjunct =>
                ExpressionColumns.Replace(conjunct, column => column with { Index = column.Index - leftCount }))];
        }

        return FilterPushDown.Apply(join with { Left = push(join.Left, left), Right = push(join.Right, right) }, rest);
    }
}
