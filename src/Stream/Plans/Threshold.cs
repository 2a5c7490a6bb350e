using Bongsu.Core.Types;
using Bongsu.Query.Plan;

namespace Bongsu.Stream.Plans;

/// <summary>A comparison of a column with a constant in a condition.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Operator"><c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>==</c> or <c>!=</c>: what the column must be to the
/// value.</param>
/// <param name="Value">The constant; a time span in seconds.</param>
/// <param name="IsWhole">True where the column holds whole numbers.</param>
public sealed record Threshold(string Column, string Operator, double Value, bool IsWhole)
{
    /// <summary>The comparisons of a condition, from left to right, by the names columns have in the result.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="after">What comes after it: conditions are moved before the operator that computes what they compare.</param>
    internal static IEnumerable<Threshold> Find(BoundExpression condition, LogicalPlan[] after) => condition switch
    {
        BoundCall { Function: "and" or "or" } both => both.Arguments.SelectMany(part => Find(part, after)),
        BoundCall { Function: ">" or ">=" or "<" or "<=" or "==" or "!=" } call => Of(call.Function, call.Arguments, after),
        _ => [],
    };

    private static IEnumerable<Threshold> Of(string comparison, IReadOnlyList<BoundExpression> arguments, LogicalPlan[] after)
    {
        if (arguments is [var left, var right])
        {
            if (ColumnOf(left, after) is { } column && NumberOf(right) is { } bound)
            {
                yield return new Threshold(column.Name, comparison, bound, IsWholeType(column.Type));
            }
            else if (NumberOf(left) is { } other && ColumnOf(right, after) is { } named)
            {
                yield return new Threshold(named.Name, Mirrored(comparison), other, IsWholeType(named.Type));
            }
        }
    }

    // Columns are cast where types differ.
    private static Column? ColumnOf(BoundExpression expression, LogicalPlan[] after) => ResultColumn(expression, after) ?? expression switch
    {
        BoundColumn column => new Column(column.Name, column.Type),
        BoundCall { Arguments: [var inner] } call when call.Function.StartsWith("to", StringComparison.Ordinal) => ColumnOf(inner, after),
        _ => null,
    };

    private static Column? ResultColumn(BoundExpression expression, LogicalPlan[] after)
    {
        Column? result = null;
        foreach (ProjectPlan project in after.OfType<ProjectPlan>())
        {
            int position = project.Expressions.ToList().FindIndex(other => IsSame(expression, other));
            if (position < 0)
            {
                return null;
            }

            result = project.Schema[position];
            expression = new BoundColumn(position, result.Value.Name, result.Value.Type);
        }

        return result;
    }

    private static bool IsSame(BoundExpression left, BoundExpression right) => (left, right) switch
    {
        (BoundColumn column, BoundColumn other) => column.Index == other.Index,
        (BoundCall call, BoundCall other) => call.Function == other.Function && call.Arguments.Count == other.Arguments.Count
            && call.Arguments.Zip(other.Arguments).All(pair => IsSame(pair.First, pair.Second)),
        _ => left == right,
    };

    private static double? NumberOf(BoundExpression expression) => expression switch
    {
        BoundLiteral { Value: { } literal } => literal.Value switch
        {
            int number => number,
            long number when literal.Type == ScalarType.Long => number,
            long number when literal.Type == ScalarType.TimeSpan => (double)number / TimeSpan.TicksPerSecond,
            double number when double.IsFinite(number) => number,
            decimal number => (double)number,
            _ => null,
        },
        _ => null,
    };

    private static bool IsWholeType(ScalarType type) => type is ScalarType.Int or ScalarType.Long;

    private static string Mirrored(string comparison) => comparison switch
    {
        ">" => "<",
        ">=" => "<=",
        "<" => ">",
        "<=" => ">=",
        _ => comparison,
    };
}
