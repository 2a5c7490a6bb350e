using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Keeps plans to a size that can be walked and run: tables of <c>let</c> are expanded at each use, so a short
/// text can mean a vast plan.</summary>
internal static class PlanLimits
{
    /// <summary>Most operators one behind the other.</summary>
    public const int MaxDepth = 400;

    /// <summary>Most operators in all.</summary>
    public const int MaxOperators = 5_000;

    /// <exception cref="QueryException">The plan is too deep or too large.</exception>
    public static void Check(LogicalPlan plan)
    {
        var open = new Stack<(LogicalPlan Plan, int Depth)>();
        open.Push((plan, 1));
        for (int count = 1; open.TryPop(out (LogicalPlan Plan, int Depth) next); count++)
        {
            if (count > MaxOperators || next.Depth > MaxDepth)
            {
                throw new QueryException(
                    "limit",
                    $"the query has more than {MaxOperators} operators, or more than {MaxDepth} in a row",
                    new TextSpan(0, 0));
            }

            foreach (LogicalPlan input in PlanInputs.Of(next.Plan).Concat(PlanInputs.InExpressions(next.Plan)))
            {
                open.Push((input, next.Depth + 1));
            }
        }
    }
}
