using Bongsu.Query.Plan;

namespace Bongsu.Stream.Plans;

/// <summary>Whether a condition holds because of many rows of those that the one <c>countif</c> counts: a share, or a number.</summary>
internal static class CountedCondition
{
    /// <summary>Looks at the conditions that stand directly on the aggregates, where the optimiser moves them.</summary>
    public static bool Holds(SummarizePlan summarize, LogicalPlan[] rest)
    {
        int column = summarize.Keys.Count;
        int counted = -1;
        foreach (BoundAggregate aggregate in summarize.Aggregates)
        {
            if (aggregate.Function == "countif")
            {
                if (counted >= 0)
                {
                    return false;
                }

                counted = column;
            }

            column += aggregate.Kernel.Outputs.Count;
        }

        int[] directions = counted < 0
            ? []
            : [.. rest.TakeWhile(node => node is FilterPlan).SelectMany(node => DirectionsOf(((FilterPlan)node).Predicate, counted))];
        return directions.Length > 0 && directions.All(direction => direction > 0);
    }

    // 1 for each comparison that asks for many, -1 for each that asks for few or for something else.
    private static IEnumerable<int> DirectionsOf(BoundExpression condition, int column) => condition switch
    {
        BoundCall { Function: "and" or "or" } both => both.Arguments.SelectMany(part => DirectionsOf(part, column)),
        BoundCall { Function: ">" or ">=", Arguments: [var left, var right] } => Nonzero(Sign(left, column) - Sign(right, column)),
        BoundCall { Function: "<" or "<=", Arguments: [var left, var right] } => Nonzero(Sign(right, column) - Sign(left, column)),
        _ => Reads(condition, column) ? [-1] : [],
    };

    private static IEnumerable<int> Nonzero(int sign) => sign == 0 ? [] : [Math.Sign(sign)];

    // 1: grows with the column; 0: does not read it; -1: falls, or nobody knows.
    private static int Sign(BoundExpression expression, int column) => expression switch
    {
        BoundColumn read => read.Index == column ? 1 : 0,
        BoundCall { Function: "/" or "-", Arguments: [var left, var right] } => Reads(right, column) ? -1 : Sign(left, column),
        BoundCall call when call.Function is "*" or "+" or "round" || call.Function.StartsWith("to", StringComparison.Ordinal) =>
            call.Arguments.Any(argument => Sign(argument, column) < 0) ? -1 : call.Arguments.Max(argument => Sign(argument, column)),
        _ => Reads(expression, column) ? -1 : 0,
    };

    private static bool Reads(BoundExpression expression, int column) => expression switch
    {
        BoundColumn read => read.Index == column,
        BoundCall call => call.Arguments.Any(argument => Reads(argument, column)),
        _ => false,
    };
}
