using System.Globalization;
using System.Text;
using Bongsu.Core.Text;
using Bongsu.Core.Types;

namespace Bongsu.Query.Plan;

/// <summary>A plan as text, one operator a line, inputs indented below: for people and for tests.</summary>
internal static class PlanText
{
    public static string Show(LogicalPlan plan)
    {
        var text = new StringBuilder();
        Write(text, plan, 0);
        return text.ToString().TrimEnd();
    }

    /// <summary>An expression, operators written as calls.</summary>
    public static string Show(BoundExpression expression) => expression switch
    {
        BoundLiteral literal => literal.Value.Type == ScalarType.String
            ? $"\"{literal.Value.AsString}\""
            : literal.Value.IsNull ? "null" : ScalarText.Format(literal.Value),
        BoundColumn column => column.Name,
        BoundCall call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Show))})",
        BoundInSubquery membership => $"in({Show(membership.Value)}, …)",
        _ => "(…)",
    };

    private static void Write(StringBuilder text, LogicalPlan plan, int depth)
    {
        text.Append(' ', depth * 2).Append(Line(plan)).Append('\n');
        foreach (LogicalPlan input in PlanInputs.Of(plan))
        {
            Write(text, input, depth + 1);
        }
    }

    private static string Line(LogicalPlan plan) => plan switch
    {
        ScanPlan scan => $"scan {scan.Table} {Names(scan)}{Range(scan)}"
            + (scan.Filter is null ? "" : $" where {Show(scan.Filter)}")
            + (scan.Limit is { } limit ? $" limit {limit}" : ""),
        FilterPlan filter => $"filter {Show(filter.Predicate)}",
        ProjectPlan project => "project " + string.Join(", ", project.Expressions.Select(
            (expression, index) => $"{project.Schema[index].Name}={Show(expression)}")),
        SummarizePlan summarize => "summarize "
            + string.Join(", ", summarize.Aggregates.Select(
                one => $"{one.Function}({string.Join(", ", one.Arguments.Select(Show))})"))
            + $" by {string.Join(", ", summarize.Keys.Select(Show))}",
        SortPlan sort => $"sort {Keys(sort.Keys)}",
        TopPlan top => $"top {top.Count} {Keys(top.Keys)}",
        TakePlan take => $"take {take.Count}",
        JoinPlan join => $"join {join.Kind} {string.Join(", ", join.LeftKeys.Zip(join.RightKeys).Select(
            pair => $"{Show(pair.First)}=={Show(pair.Second)}"))} {Names(join)}",
        _ => $"{plan.GetType().Name[..^4].ToLowerInvariant()} {Names(plan)}",
    };

    private static string Names(LogicalPlan plan) =>
        "(" + string.Join(", ", plan.Schema.Columns.ToArray().Select(column => column.Name)) + ")";

    private static string Keys(IReadOnlyList<SortKey> keys) =>
        string.Join(", ", keys.Select(key => $"{Show(key.Expression)} {(key.IsDescending ? "desc" : "asc")}"));

    private static string Range(ScanPlan scan) =>
        (scan.FromTicks == long.MinValue ? "" : $" from {Time(scan.FromTicks)}")
        + (scan.ToTicks == long.MaxValue ? "" : $" to {Time(scan.ToTicks)}");

    private static string Time(long ticks) =>
        new DateTime(ticks).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
