using System.Text.RegularExpressions;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Python's format strings and their arguments to texts with placeholders.</summary>
internal static partial class AlertTexts
{
    // What ElastAlert adds to a match, by what a result has here.
    private static readonly Dictionary<string, string> s_values = new(StringComparer.Ordinal)
    {
        ["num_hits"] = "rows",
        ["num_matches"] = "rows",
        ["spike_count"] = "value",
        ["reference_count"] = "before",
        ["metric_agg_value"] = "value",
        ["percentage"] = "percent",
        ["percentage_formatted"] = "percent",
        ["denominator"] = "rows",
        ["count"] = "rows",
        ["name"] = "rule",
        ["rule_name"] = "rule",
        ["alert_time"] = "window_end",
        ["priority"] = "severity",
    };

    /// <summary>A text with <c>{}</c>, <c>{0}</c>, <c>{name}</c> filled from arguments.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arguments">Names of fields, in order; null where the text is taken as it is.</param>
    /// <param name="keywords">Fields by the name the text has for them.</param>
    /// <param name="propertyOf">Value of a key of the rule itself, or null.</param>
    /// <param name="columnOf">Column of a field.</param>
    /// <param name="note">Told what could not be kept.</param>
    public static string Convert(
        string text,
        IReadOnlyList<string>? arguments,
        IReadOnlyDictionary<string, string>? keywords,
        Func<string, string?> propertyOf,
        Func<string, string> columnOf,
        Action<string> note)
    {
        if (arguments is null && keywords is null)
        {
            return Literal(text, columnOf, note);
        }

        int next = 0;
        var missing = new List<string>();
        string filled = PythonPlace().Replace(text, match =>
        {
            if (match.Value is "{{" or "}}")
            {
                return match.Value[..1];
            }

            string name = match.Groups["name"].Value;
            string? field = null;
            if (name.Length == 0 || name.All(char.IsAsciiDigit))
            {
                int index = name.Length == 0 ? next++ : int.TryParse(name, out int given) ? given : int.MaxValue;
                field = arguments is not null && index < arguments.Count ? arguments[index] : null;
            }
            else
            {
                field = keywords?.GetValueOrDefault(name);
            }

            if (field is not null && propertyOf(field) is { } property)
            {
                return Literal(property, columnOf, _ => { });
            }

            if (field is not null && Placeholder(field, columnOf) is { } placeholder)
            {
                return placeholder;
            }

            missing.Add(match.Value);
            return $"<{field ?? name}>";
        });
        if (missing.Count > 0)
        {
            note($"{string.Join(", ", missing)} could not be filled in");
        }

        return filled;
    }

    /// <summary>A text of a template language: what is a plain name stays a placeholder, all else is shown as
    /// written.</summary>
    public static string Literal(string text, Func<string, string> columnOf, Action<string> note)
    {
        bool isChanged = text.Contains("{%", StringComparison.Ordinal);
        string literal = JinjaPlace().Replace(text, match =>
        {
            Match name = JinjaName().Match(match.Groups[1].Value);
            if (name.Success && Placeholder(name.Groups[1].Value, columnOf) is { } placeholder)
            {
                return placeholder;
            }

            isChanged = true;
            return $"<{match.Groups[1].Value.Trim()}>";
        });
        if (isChanged)
        {
            note("the template language is not run; what it would compute stands as it was written");
        }

        return BareBraces().Replace(literal, match => match.Groups["place"].Success ? match.Value : match.Value[..1]);
    }

    private static string? Placeholder(string field, Func<string, string> columnOf)
    {
        string column = s_values.TryGetValue(field, out string? known) ? known
            : MetricValue().IsMatch(field) ? "value"
            : columnOf(field);
        return PlaceholderName().IsMatch(column) ? $"{{{{ {column} }}}}" : null;
    }

    [GeneratedRegex(@"\{\{|\}\}|\{(?<name>[^{}:!\[]*)[^{}]*\}")]
    private static partial Regex PythonPlace();

    [GeneratedRegex(@"\{\{(.*?)\}\}", RegexOptions.Singleline)]
    private static partial Regex JinjaPlace();

    [GeneratedRegex(@"^\s*(?:_data\[['""])?([^\s'""|()\[\]{}]+)(?:['""]\])?\s*$")]
    private static partial Regex JinjaName();

    [GeneratedRegex(@"(?<place>\{\{\s*[\p{L}_][\p{L}\p{N}_.-]*\s*\}\})|\{\{+|\}\}+")]
    private static partial Regex BareBraces();

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_.-]*$")]
    private static partial Regex PlaceholderName();

    [GeneratedRegex(@"^metric_.+_(min|max|avg|sum|cardinality|value_count|percentiles)$")]
    private static partial Regex MetricValue();
}
