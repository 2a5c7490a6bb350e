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
    /// <summary>The comparisons of a condition, from left to right.</summary>
    internal static IEnumerable<Threshold> Find(BoundExpression condition) => condition switch
    {
        BoundCall { Function: "and" or "or" } both => both.Arguments.SelectMany(Find),
        BoundCall { Function: ">" or ">=" or "<" or "<=" or "==" or "!=" } call => Of(call.Function, call.Arguments),
        _ => [],
    };

    private static IEnumerable<Threshold> Of(string comparison, IReadOnlyList<BoundExpression> arguments)
    {
        if (arguments is [var left, var right])
        {
            if (ColumnOf(left) is { } column && NumberOf(right) is { } bound)
            {
                yield return new Threshold(column.Name, comparison, bound, IsWholeType(column.Type));
            }
            else if (NumberOf(left) is { } other && ColumnOf(right) is { } named)
            {
                yield return new Threshold(named.Name, Mirrored(comparison), other, IsWholeType(named.Type));
            }
        }
    }

    // Columns are cast where types differ.
    private static BoundColumn? ColumnOf(BoundExpression expression) => expression switch
    {
        BoundColumn column => column,
        BoundCall { Arguments: [BoundColumn column] } call when call.Function.StartsWith("to", StringComparison.Ordinal) => column,
        _ => null,
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
