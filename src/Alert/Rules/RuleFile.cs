using System.Globalization;
using System.Text.RegularExpressions;
using Bongsu.Query;
using Bongsu.Stream.Windows;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Rules;

/// <summary>Reads rule files: a rule, or <c>rules:</c> with a list of them; several documents may follow one
/// another.</summary>
internal static partial class RuleFile
{
    private static readonly TimeSpan s_defaultEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_defaultLateness = TimeSpan.FromSeconds(30);

    /// <summary>The rules of one file; what is wrong goes to <paramref name="errors"/>, rule by rule.</summary>
    public static List<Rule> Read(string file, string text, List<RuleError> errors)
    {
        var rules = new List<Rule>();
        try
        {
            foreach (YamlDocument document in YamlSection.Documents(file, text))
            {
                foreach (YamlNode node in RuleNodes(file, document.RootNode))
                {
                    Add(file, text, node, rules, errors);
                }
            }
        }
        catch (RuleException exception)
        {
            errors.Add(exception.Error);
        }

        return rules;
    }

    private static void Add(string file, string text, YamlNode node, List<Rule> rules, List<RuleError> errors)
    {
        try
        {
            rules.Add(ReadRule(file, text, node));
        }
        catch (RuleException exception)
        {
            errors.Add(exception.Error);
        }
    }

    private static IEnumerable<YamlNode> RuleNodes(string file, YamlNode root)
    {
        if (root is not YamlMappingNode || !new YamlSection(file, root, "a rule file").Keys.Contains("rules"))
        {
            return [root];
        }

        var section = new YamlSection(file, root, "a rule file");
        YamlNode list = section.Find("rules")!;
        section.RequireAllKnown();
        return list as YamlSequenceNode ?? throw YamlSection.Error(file, list, "'rules' must be a list");
    }

    private static Rule ReadRule(string file, string text, YamlNode node)
    {
        var section = new YamlSection(file, node, "a rule");
        YamlScalarNode name = section.RequiredText("name");
        YamlScalarNode query = section.RequiredText("query");
        TimeSpan every = section.Duration("every") ?? s_defaultEvery;
        TimeSpan window = section.Duration("window") ?? every;
        TimeSpan lateness = section.Duration("lateness") ?? s_defaultLateness;
        int severity = ReadSeverity(section);
        IReadOnlyDictionary<string, YamlScalarNode> labels = section.Texts("labels");
        IReadOnlyDictionary<string, YamlScalarNode> annotations = section.Texts("annotations");
        IReadOnlyList<YamlScalarNode> channels = section.TextList("channels");
        NoDataPolicy noData = ReadNoData(section);
        section.RequireAllKnown();
        if (!NameShape().IsMatch(name.Value!))
        {
            throw section.Error(name, $"the name '{name.Value}' must be 1 to 100 letters, digits, '-', '_', '.' or spaces");
        }

        foreach (YamlScalarNode template in labels.Values.Concat(annotations.Values))
        {
            if (Template.FindFault(template.Value ?? "") is { } fault)
            {
                throw section.Error(template, fault);
            }
        }

        QueryPlace place = PlaceOf(query, text);
        RefuseClock(file, query.Value!, place);
        return new Rule
        {
            Name = name.Value!,
            File = file,
            Query = query.Value!,
            QueryPlace = place,
            Windows = ReadWindows(section, node, every, window, lateness),
            Severity = severity,
            Labels = labels.ToDictionary(label => label.Key, label => label.Value.Value ?? ""),
            Annotations = annotations.ToDictionary(annotation => annotation.Key, annotation => annotation.Value.Value ?? ""),
            Channels = [.. channels.Select(channel => channel.Value ?? "")],
            NoData = noData,
        };
    }

    private static int ReadSeverity(YamlSection section)
    {
        if (section.Text("severity") is not { } text)
        {
            return 3;
        }

        return int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int severity) && severity is >= 1 and <= 5
            ? severity
            : throw section.Error(text, $"'severity' is '{text.Value}', expected 1 (worst) to 5");
    }

    private static NoDataPolicy ReadNoData(YamlSection section) => section.Text("no_data") switch
    {
        null or { Value: "ignore" } => NoDataPolicy.Ignore,
        { Value: "alert" } => NoDataPolicy.Alert,
        var other => throw section.Error(
            other, $"'no_data' is '{other.Value}', expected ignore or alert", NearestName.Find(other.Value!, ["ignore", "alert"])),
    };

    private static WindowSpec ReadWindows(YamlSection section, YamlNode node, TimeSpan every, TimeSpan window, TimeSpan lateness)
    {
        try
        {
            return new WindowSpec(every, window, lateness);
        }
        catch (ArgumentException exception)
        {
            string[] keys = ["every", "window", "lateness"];
            string? key = keys.FirstOrDefault(key => exception.Message.StartsWith(key, StringComparison.Ordinal));
            throw section.Error(key is null ? node : section.Find(key) ?? node, exception.Message);
        }
    }

    // A window is given by 'every' and 'window'; a clock that moves while it is open would give each evaluation another
    // query.
    private static void RefuseClock(string file, string query, QueryPlace place)
    {
        foreach (Match match in ClockCall().Matches(query))
        {
            if (match.Groups["call"].Success)
            {
                (int line, int column) = place.Find(query, new TextSpan(match.Index, match.Length));
                string message = $"a rule cannot use {match.Groups["call"].Value}(): its time range is given by 'window'; "
                    + "leave the condition on time out";
                throw new RuleException(new RuleError(file, line, column, message));
            }
        }
    }

    private static QueryPlace PlaceOf(YamlScalarNode query, string text)
    {
        int line = (int)query.Start.Line;
        int column = (int)query.Start.Column;
        if (query.Style == ScalarStyle.Literal)
        {
            string[] lines = text.Split('\n');
            int first = line;
            while (first < lines.Length && lines[first].Trim().Length == 0)
            {
                first++;
            }

            int indent = first < lines.Length ? lines[first].Length - lines[first].TrimStart(' ').Length : 0;
            return new QueryPlace(line + 1, indent + 1, indent);
        }

        return new QueryPlace(line, query.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? column + 1 : column, null);
    }

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$")]
    private static partial Regex NameShape();

    // Texts and comments match first, so that what stands in them is passed over.
    [GeneratedRegex(
        """//[^\n]*|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|```.*?```|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\b(?<call>now|ago|ingestion_time)\s*\(""",
        RegexOptions.Singleline)]
    private static partial Regex ClockCall();
}
