using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bongsu.Alert.Alerts;
using Bongsu.Core.Text;
using Bongsu.Core.Types;

namespace Bongsu.Alert.Rules;

/// <summary>Texts with placeholders: <c>{{ errors }} errors in {{ service }}</c>.</summary>
internal static partial class Template
{
    /// <summary>Fills in placeholders; a name without value stays as written, so that it is seen.</summary>
    public static string Fill(string text, Func<string, string?> valueOf) =>
        Placeholder().Replace(text, match => valueOf(match.Groups[1].Value) ?? match.Value);

    /// <summary>What is wrong with a text, or null.</summary>
    public static string? FindFault(string text)
    {
        string rest = Placeholder().Replace(text, "");
        return rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)
            ? "a placeholder must be written {{ name }}, with the name of a result column, 'rule', 'severity', 'window_start' or 'window_end'"
            : null;
    }

    /// <summary>A value as people read it: numbers with as many digits as matter.</summary>
    public static string Format(Scalar value) => value switch
    {
        { IsNull: true } => "",
        { Value: double number } => Format(number),
        { Value: decimal number } => Math.Round(number, 3).ToString("0.###", CultureInfo.InvariantCulture),
        { Type: ScalarType.DateTime } => FormatTime(value.AsLong),
        { Type: ScalarType.Dynamic } when AlertJson.ToNode(value) is JsonArray list => string.Join(", ", list.Select(item => item?.ToString())),
        _ => ScalarText.Format(value),
    };

    /// <summary>A time to the second, or finer where it is not whole.</summary>
    public static string FormatTime(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    private static string Format(double number)
    {
        double size = Math.Abs(number);
        if (!double.IsFinite(number) || size >= 1e15)
        {
            return ScalarText.Format(number);
        }

        string shape = size switch
        {
            >= 1000 => "0",
            >= 100 => "0.#",
            >= 1 or 0 => "0.##",
            >= 0.001 => "0.####",
            _ => "0.###E0",
        };
        return number.ToString(shape, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{\{\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*\}\}")]
    private static partial Regex Placeholder();
}
