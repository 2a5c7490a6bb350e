using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Alert.Rules;
using Bongsu.Query;
using Bongsu.Query.Kql;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>
/// Conditions on one field with Elasticsearch's meanings. Message-like fields are text that was taken apart into terms,
/// without regard to case; all others are keywords, compared whole and exactly (as the mappings of the usual shippers
/// have it).
/// </summary>
internal sealed class FieldConditions(ImportNames names)
{
    private const string Level = "level";

    private static readonly HashSet<string> s_textColumns = ["timestamp_text", "level", "service", "host", "message", "trace_id", "span_id"];
    private static readonly HashSet<string> s_messageNames =
        ["message", "msg", "log", "body", "text", "original", "summary", "description", "stack_trace", "stacktrace", "exception"];

    /// <summary>The column of a field.</summary>
    public string ColumnOf(string field)
    {
        foreach (string suffix in (ReadOnlySpan<string>)[".keyword", ".raw", ".text"])
        {
            if (field.Length > suffix.Length && field.EndsWith(suffix, StringComparison.Ordinal))
            {
                field = field[..^suffix.Length];
                break;
            }
        }

        return names.ColumnOf(field);
    }

    /// <summary>A column's value as text.</summary>
    public static string AsText(string field, string column) => s_textColumns.Contains(field) ? column : $"tostring({column})";

    /// <summary>The field is this value (a term query, or <c>field:value</c>).</summary>
    public Condition Is(string field, string value)
    {
        string column = ColumnOf(field);
        if (IsMessage(field))
        {
            return new FieldCondition(column, text => $"{AsText(column, text)} has {KqlText.Literal(value)}");
        }

        if (column == Level)
        {
            value = names.LevelOf(value);
        }

        string literal = KqlText.Literal(value);
        if (field is "_type" or "_index")
        {
            // What tells documents apart in an index, and is gone where rows lie in tables of their own.
            return new FieldCondition(column, _ => $"tostring(column_ifexists('{field}', '')) in ('', {literal})");
        }

        if (column == "tags" || column.EndsWith(".tags", StringComparison.Ordinal))
        {
            // One tag, or an array of them.
            string quoted = KqlText.Literal($"\"{value}\"");
            return new FieldCondition(column, text => $"(tostring({text}) == {literal} or tostring({text}) contains_cs {quoted})");
        }

        return value is "true" or "false"
            ? new FieldCondition(column, text => $"{AsText(column, text)} =~ {literal}")
            : new FieldCondition(column, text => $"{AsText(column, text)} == {literal}", value);
    }

    /// <summary>The field holds these words (a match query). Several words mean a field that is text.</summary>
    public Condition Matches(string field, string value, bool isEvery)
    {
        string[] words = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return Is(field, value);
        }

        IEnumerable<Condition> each = words.Select(word => HasPhrase(field, word, isText: true));
        return isEvery ? Condition.And(each) : Condition.Or(each);
    }

    /// <summary>The field holds these words in this order (a match_phrase query). Several words mean a field that is text.</summary>
    public Condition HasPhrase(string field, string value, bool isText = false)
    {
        isText |= value.AsSpan().Trim().ContainsAny(' ', '\t');
        return isText && !IsMessage(field)
            ? new FieldCondition(ColumnOf(field), text => $"{AsText(field, text)} has {KqlText.Literal(value)}")
            : Is(field, value);
    }

    /// <summary>The field is there.</summary>
    public Condition Exists(string field)
    {
        string column = ColumnOf(field);
        return column == "timestamp"
            ? Condition.Everything
            : new FieldCondition(column, text => $"isnotempty({AsText(column, text)})");
    }

    /// <summary>The field begins so.</summary>
    public Condition BeginsWith(string field, string value) => Like(field, [value, null]);

    /// <summary>The field is like a pattern: texts with <c>null</c> for <c>*</c> and an empty text for <c>?</c> between
    /// them.</summary>
    public Condition Like(string field, IReadOnlyList<string?> pattern, bool isAnyCase = false)
    {
        if (pattern.All(piece => piece is null))
        {
            return Exists(field);
        }

        string column = ColumnOf(field);
        bool isMessage = IsMessage(field);
        string? simple = pattern switch
        {
            [{ Length: > 0 } text] when isAnyCase && !isMessage => "=~ " + KqlText.Literal(text),
            _ when isAnyCase && !isMessage => null,
            [{ Length: > 0 } text, null] => (isMessage ? "hasprefix " : "startswith_cs ") + KqlText.Literal(text),
            [null, { Length: > 0 } text] => (isMessage ? "hassuffix " : "endswith_cs ") + KqlText.Literal(text),
            [null, { Length: > 0 } text, null] => (isMessage ? "contains " : "contains_cs ") + KqlText.Literal(text),
            _ => null,
        };
        if (simple is not null)
        {
            return new FieldCondition(column, text => $"{AsText(column, text)} {simple}");
        }

        // A term of a message is what stands between blanks.
        var regex = new StringBuilder(isMessage ? @"(?i)(^|\W)" : isAnyCase ? "(?i)^" : "^");
        foreach (string? piece in pattern)
        {
            regex.Append(piece switch
            {
                null => isMessage ? @"\S*" : ".*",
                "" => isMessage ? @"\S" : ".",
                _ => Regex.Escape(piece),
            });
        }

        return OfRegex(column, regex.Append(isMessage ? @"(\W|$)" : "$").ToString());
    }

    /// <summary>The field as a whole matches a regular expression.</summary>
    public Condition MatchesRegex(string field, string expression, bool isAnyCase = false)
    {
        bool isMessage = IsMessage(field);
        string head = isMessage || isAnyCase ? "(?i)" : "";
        return OfRegex(ColumnOf(field), isMessage ? $@"{head}(^|\W)(?:{expression})(\W|$)" : $"{head}^(?:{expression})$");
    }

    /// <summary>The field lies between bounds; null = open.</summary>
    public Condition IsBetween(string field, (string Operator, string Value)? low, (string Operator, string Value)? high)
    {
        string column = ColumnOf(field);
        if (column == "timestamp")
        {
            throw new ImportException("a rule's time range is given by its window");
        }

        IEnumerable<Condition> bounds = new[] { low, high }.OfType<(string Operator, string Value)>().Select(bound => Compare(column, bound));
        return low is null && high is null ? Exists(field) : Condition.And(bounds);
    }

    private static FieldCondition Compare(string column, (string Operator, string Value) bound)
    {
        if (double.TryParse(bound.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return new FieldCondition(column, text => $"todouble({text}) {bound.Operator} {KqlText.Literal(number)}");
        }

        if (bound.Value.StartsWith("now", StringComparison.Ordinal) || bound.Value.Contains("||", StringComparison.Ordinal))
        {
            throw new ImportException($"'{bound.Value}' moves with the clock; a rule's time range is given by its window");
        }

        return new FieldCondition(column, text => $"strcmp({AsText(column, text)}, {KqlText.Literal(bound.Value)}) {bound.Operator} 0");
    }

    private static FieldCondition OfRegex(string column, string expression)
    {
        string literal = KqlText.Literal(expression);
        try
        {
            KqlCompiler.Compile($"print '' matches regex {literal}", EmptyCatalog.Instance, new CompileOptions { NowTicks = 0 });
        }
        catch (QueryException exception)
        {
            throw new ImportException($"the expression '{expression}' cannot be used: {exception.Message}");
        }

        return new FieldCondition(column, text => $"{AsText(column, text)} matches regex {literal}");
    }

    private bool IsMessage(string field) =>
        ColumnOf(field) == "message" || s_messageNames.Contains(field[(field.LastIndexOf('.') + 1)..].TrimStart('@').ToLowerInvariant());
}
