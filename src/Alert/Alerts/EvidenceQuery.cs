using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Alert.Rules;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Stream.Plans;

namespace Bongsu.Alert.Alerts;

/// <summary>KQL that shows the rows behind an alert: the rule's query up to its <c>summarize</c>, in the window, for
/// the key; where the condition is about those that a <c>countif</c> counts, only these.</summary>
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
        List<int> pipes = KqlText.Pipes(ruleQuery);
        int summarizeAt = pipes.FindIndex(pipe => SummarizeHead().IsMatch(ruleQuery, pipe));
        int end = summarizeAt < 0 ? ruleQuery.Length : pipes[summarizeAt];
        int tableEnd = pipes.Count == 0 ? end : Math.Min(pipes[0], end);
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

        if (plan.FiresOnCounted && summarizeAt >= 0)
        {
            int next = summarizeAt + 1 < pipes.Count ? pipes[summarizeAt + 1] : ruleQuery.Length;
            text.Append(Counted(ruleQuery[end..next]));
        }

        return text.ToString();
    }

    // Of the rows of a share, those that are counted: the failed ones of failed / all.
    private static string Counted(string summarize)
    {
        MatchCollection calls = CountIf().Matches(summarize);
        int open = calls.Count == 1 ? calls[0].Index + calls[0].Length : 0;
        int close = open > 0 ? KqlText.ClosingBracket(summarize, open - 1) : -1;
        return close < 0 ? "" : "\n| where " + summarize[open..close].Trim();
    }

    private static string? Condition(string column, Scalar value) => value switch
    {
        { Type: ScalarType.Dynamic } => null,
        { Type: ScalarType.String } => $"{KqlText.Name(column)} == {KqlText.Literal(value.AsString)}",
        { IsNull: true } => $"isnull({KqlText.Name(column)})",
        { Type: ScalarType.Real, Value: double number } when !double.IsFinite(number) => null,
        _ => $"{KqlText.Name(column)} == {value.Type.Name()}({ScalarText.Format(value)})",
    };

    [GeneratedRegex(@"\bcountif\s*\(")]
    private static partial Regex CountIf();

    [GeneratedRegex(@"\G\|\s*(?:summarize|distinct|count)\b")]
    private static partial Regex SummarizeHead();
}
