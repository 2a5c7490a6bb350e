using Bongsu.Core.Types;

namespace Bongsu.Query.Plan.Optimisation;

/// <summary>Conditions on <c>timestamp</c> as the range of a scan.</summary>
internal static class TimeRange
{
    private const string TimeColumn = "timestamp";

    /// <summary>Narrows a scan by a condition such as <c>timestamp > datetime(…)</c>; false where it is none.</summary>
    public static bool TryNarrow(ScanPlan scan, BoundExpression conjunct, out ScanPlan narrowed)
    {
        narrowed = scan;
        if (conjunct is not BoundCall { Arguments.Count: 2 } call)
        {
            return false;
        }

        bool isSwapped = call.Arguments[0] is BoundLiteral;
        BoundExpression column = call.Arguments[isSwapped ? 1 : 0];
        BoundExpression bound = call.Arguments[isSwapped ? 0 : 1];
        if (column is not BoundColumn { Name: TimeColumn, Type: ScalarType.DateTime } time || scan.Schema[time.Index].Name != TimeColumn
            || bound is not BoundLiteral { Value: { Type: ScalarType.DateTime, Value: long ticks } })
        {
            return false;
        }

        string operation = isSwapped ? Mirror(call.Function) : call.Function;
        (long from, long to) = operation switch
        {
            ">=" => (ticks, long.MaxValue),
            ">" => (ticks + 1, long.MaxValue),
            "<" => (long.MinValue, ticks),
            "<=" => (long.MinValue, ticks + 1),
            "==" => (ticks, ticks + 1),
            _ => (long.MinValue, long.MaxValue),
        };
        if (from == long.MinValue && to == long.MaxValue)
        {
            return false;
        }

        narrowed = scan with { FromTicks = Math.Max(scan.FromTicks, from), ToTicks = Math.Min(scan.ToTicks, to) };
        return true;
    }

    private static string Mirror(string operation) => operation switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => operation,
    };
}
