using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Rules;

/// <summary>Reads <c>spans.yaml</c>: <c>spans:</c> with a list of spans of time that bands do not learn from.</summary>
internal static class AnnotatedSpanFile
{
    /// <summary>Its name in the rules folder.</summary>
    public const string FileName = "spans.yaml";

    private static readonly string[] s_timeForms =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm K", "yyyy-MM-dd HH:mm:ss K"];

    /// <summary>The spans of the file; what is wrong goes to <paramref name="errors"/>.</summary>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="text">Its content.</param>
    /// <param name="rules">Names of the rules there are; null = not known.</param>
    /// <param name="errors">Added to.</param>
    public static List<AnnotatedSpan> Read(string file, string text, IReadOnlyList<string>? rules, List<RuleError> errors)
    {
        var spans = new List<AnnotatedSpan>();
        try
        {
            foreach (YamlDocument document in YamlSection.Documents(file, text))
            {
                var root = new YamlSection(file, document.RootNode, "the file");
                IReadOnlyList<YamlNode> items = root.Find("spans") switch
                {
                    YamlSequenceNode list => [.. list],
                    null or YamlScalarNode { Value: null or "" } => [],
                    var other => throw root.Error(other, "'spans' must be a list of spans such as { from: 2026-03-02T10:00+09:00, to: …, text: … }"),
                };
                root.RequireAllKnown();
                foreach (YamlNode item in items)
                {
                    TryRead(file, item, rules, spans, errors);
                }
            }
        }
        catch (RuleException exception)
        {
            errors.Add(exception.Error);
        }

        return spans;
    }

    private static void TryRead(string file, YamlNode item, IReadOnlyList<string>? rules, List<AnnotatedSpan> spans, List<RuleError> errors)
    {
        try
        {
            spans.Add(Read(file, item, rules, errors));
        }
        catch (RuleException exception)
        {
            errors.Add(exception.Error);
        }
    }

    private static AnnotatedSpan Read(string file, YamlNode item, IReadOnlyList<string>? rules, List<RuleError> errors)
    {
        var section = new YamlSection(file, item, "a span");
        YamlScalarNode from = section.RequiredText("from");
        YamlScalarNode to = section.RequiredText("to");
        IReadOnlyList<YamlScalarNode> names = section.TextList("rule");
        AnnotatedKey[] key = [];
        if (section.Find("key") is { } node)
        {
            var columns = new YamlSection(file, node, "'key'");
            key = [.. columns.Keys.Select(column => new AnnotatedKey(column, [.. columns.TextList(column).Select(value => value.Value ?? "")]))];
        }

        string why = section.RequiredText("text").Value!;
        section.RequireAllKnown();
        foreach (YamlScalarNode name in rules is null ? [] : names)
        {
            if (!rules!.Contains(name.Value))
            {
                RuleError missing = section.Error(name, $"there is no rule '{name.Value}'", NearestName.Find(name.Value ?? "", rules!)).Error;
                errors.Add(missing with { IsWarning = true });
            }
        }

        var span = new AnnotatedSpan(ReadTime(section, from), ReadTime(section, to), why)
        {
            Rules = [.. names.Select(name => name.Value ?? "")],
            Key = [.. key],
        };
        return span.ToTicks > span.FromTicks
            ? span
            : throw section.Error(to, $"the span ends at {to.Value}, not after it begins at {from.Value}");
    }

    // With its offset, so that it means the same wherever it is read.
    private static long ReadTime(YamlSection section, YamlScalarNode text)
    {
        string value = text.Value!;
        bool hasOffset = value.EndsWith('Z') || value.AsSpan().LastIndexOfAny('+', '-') > "yyyy-MM-dd".Length;
        DateTimeOffset time = default;
        bool isTime = hasOffset && DateTimeOffset.TryParseExact(value, s_timeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
        return isTime
            ? time.UtcTicks
            : throw section.Error(text, $"'{value}' is no time with its offset, expected one such as 2026-03-02T10:00+09:00 or 2026-03-02T01:00Z");
    }
}
