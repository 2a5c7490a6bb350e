using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Stream.Plans;

namespace Bongsu.Alert.Alerts;

/// <summary>KQL that shows the rows behind an alert: the rule's query up to its <c>summarize</c>, in the window, for
/// the key.</summary>
internal static partial class EvidenceQuery
{
    /// <summary>Writes the query.</summary>
    /// <param name="ruleQuery">The rule's text, which compiled.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="cells">The alert's columns by name.</param>
    /// <param name="fromTicks">Start of the window, included.</param>
    /// <param name="toTicks">End of the window, excluded.</param>
    public static string Create(
        string ruleQuery, StreamPlan plan, IReadOnlyDictionary<string, Scalar> cells, long fromTicks, long toTicks)
    {
        List<int> cuts = TopLevelCuts(ruleQuery);
        int summarizeAt = cuts.FindIndex(cut => SummarizeHead().IsMatch(ruleQuery, cut));
        int end = summarizeAt < 0 ? ruleQuery.Length : cuts[summarizeAt];
        int tableEnd = cuts.Count == 0 ? end : Math.Min(cuts[0], end);
        var text = new StringBuilder(ruleQuery[..tableEnd].TrimEnd().TrimEnd(';'));
        text.Append("\n| where timestamp >= datetime(").Append(ScalarText.FormatDateTime(fromTicks))
            .Append(") and timestamp < datetime(").Append(ScalarText.FormatDateTime(toTicks)).Append(')');
        string rows = ruleQuery[tableEnd..end].Trim().TrimEnd(';');
        if (rows.Length > 0)
        {
            text.Append('\n').Append(rows);
        }

        foreach ((string column, string? source) in plan.KeySources)
        {
            if (source is not null && cells.TryGetValue(column, out Scalar cell) && Condition(source, cell) is { } condition)
            {
                text.Append("\n| where ").Append(condition);
            }
        }

        return text.ToString();
    }

    /// <summary>A name as KQL writes it.</summary>
    public static string Name(string name) => PlainName().IsMatch(name) ? name : $"['{Escape(name)}']";

    private static string? Condition(string column, Scalar value) => value switch
    {
        { Type: ScalarType.Dynamic } => null,
        { Type: ScalarType.String } => $"{Name(column)} == '{Escape(value.AsString)}'",
        { IsNull: true } => $"isnull({Name(column)})",
        { Type: ScalarType.Real, Value: double number } when !double.IsFinite(number) => null,
        _ => $"{Name(column)} == {value.Type.Name()}({ScalarText.Format(value)})",
    };

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            escaped.Append(character switch
            {
                '\\' => @"\\",
                '\'' => @"\'",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }

    // The pipes of the last statement that stand outside brackets, texts and comments.
    private static List<int> TopLevelCuts(string query)
    {
        var cuts = new List<int>();
        int depth = 0;
        foreach (Match match in Piece().Matches(query))
        {
            switch (match.Value)
            {
                case "(" or "[" or "{":
                    depth++;
                    break;
                case ")" or "]" or "}":
                    depth--;
                    break;
                case "|" when depth == 0:
                    cuts.Add(match.Index);
                    break;
                case ";" when depth == 0 && query[(match.Index + 1)..].Trim().Length > 0:
                    cuts.Clear();
                    break;
            }
        }

        return cuts;
    }

    [GeneratedRegex(
        """//[^\n]*|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|```.*?```|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[()\[\]{}|;]""",
        RegexOptions.Singleline)]
    private static partial Regex Piece();

    [GeneratedRegex(@"\G\|\s*(?:summarize|distinct|count)\b")]
    private static partial Regex SummarizeHead();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex PlainName();
}
