using System.Globalization;
using System.Text;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Query.Plan;

namespace Bongsu.Stream.Plans;

/// <summary>What tells one expression over a table's columns from another: equal keys, equal values on equal
/// rows.</summary>
internal static class ExpressionKey
{
    // They depend on when the query was bound.
    private static readonly HashSet<string> s_clocks = ["now", "ago"];

    /// <summary>The key; null where the value depends on more than the row.</summary>
    public static string? Of(BoundExpression expression)
    {
        var text = new StringBuilder();
        return TryWrite(text, expression) ? text.ToString() : null;
    }

    private static bool TryWrite(StringBuilder text, BoundExpression expression)
    {
        switch (expression)
        {
            case BoundColumn column:
                text.Append('[').Append(column.Name).Append(':').Append(column.Type.Name()).Append(']');
                return true;
            case BoundLiteral literal:
                string value = literal.Value.IsNull ? "null"
                    : literal.Value.Type == ScalarType.String ? literal.Value.AsString
                    : ScalarText.Format(literal.Value);
                text.Append(CultureInfo.InvariantCulture, $"{literal.Type.Name()} {value.Length} {value}");
                return true;
            case BoundCall { Kernel: { IsDeterministic: true, IsWindow: false } } call when !s_clocks.Contains(call.Function):
                text.Append(call.Function).Append(':').Append(call.Type.Name()).Append('(');
                foreach (BoundExpression argument in call.Arguments)
                {
                    if (!TryWrite(text, argument))
                    {
                        return false;
                    }

                    text.Append(',');
                }

                text.Append(')');
                return true;
            default:
                return false;
        }
    }
}
