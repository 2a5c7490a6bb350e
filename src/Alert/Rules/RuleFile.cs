using System.Globalization;
using System.Text.RegularExpressions;
using Bongsu.Alert.Rules.Kinds;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Rules;

/// <summary>Reads rule files: a rule, or <c>rules:</c> with a list of them; several documents may follow one
/// another.</summary>
internal static partial class RuleFile
{
    private const double DefaultStormShare = 0.3;

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
        KindReader kind = ReadKind(section);
        YamlScalarNode query = section.RequiredText("query");
        var source = new QuerySource(query.Value!, QueryPlace.Of(query, text));
        Know(section, kind);
        Rule rule = WithLife(section, new Rule { Name = name.Value!, File = file, Query = source.Text, QueryPlace = source.Place, Windows = null! });
        section.RequireAllKnown(key => DescribeKey(kind, key));
        if (!NameShape().IsMatch(rule.Name))
        {
            throw section.Error(name, $"the name '{rule.Name}' must be 1 to 100 letters, digits, '-', '_', '.' or spaces");
        }

        RuleFields.RefuseClock(file, source);
        KindParts parts = kind.Read(new RuleFields(file, text, section, node, source));
        return rule with
        {
            Kind = kind.Kind,
            Composed = parts.Query,
            Windows = parts.Windows,
            Events = parts.Events,
            Judge = parts.Judge,
            SessionGap = parts.SessionGap,
            TimeZone = parts.TimeZone,
        };
    }

    private static KindReader ReadKind(YamlSection section)
    {
        if (section.Text("kind") is not { } kind)
        {
            return RuleKinds.Find("query")!;
        }

        return RuleKinds.Find(kind.Value!) ?? throw section.Error(
            kind, $"'kind' is '{kind.Value}', expected one of {string.Join(", ", RuleKinds.Names)}", NearestName.Find(kind.Value!, RuleKinds.Names));
    }

    // What every kind has: who is told, and how an alert lives.
    private static Rule WithLife(YamlSection section, Rule rule)
    {
        IReadOnlyDictionary<string, YamlScalarNode> labels = section.Texts("labels");
        IReadOnlyDictionary<string, YamlScalarNode> annotations = section.Texts("annotations");
        foreach (YamlScalarNode template in labels.Values.Concat(annotations.Values))
        {
            if (Template.FindFault(template.Value ?? "") is { } fault)
            {
                throw section.Error(template, fault);
            }
        }

        return rule with
        {
            Severity = ReadSeverity(section),
            Labels = labels.ToDictionary(label => label.Key, label => label.Value.Value ?? ""),
            Annotations = annotations.ToDictionary(annotation => annotation.Key, annotation => annotation.Value.Value ?? ""),
            Channels = [.. section.TextList("channels").Select(channel => channel.Value ?? "")],
            For = section.Duration("for") ?? TimeSpan.Zero,
            KeepFiringFor = section.Duration("keep_firing_for") ?? TimeSpan.Zero,
            NoData = RuleFields.Word(
                section, "no_data", NoDataPolicy.Ignore,
                ("ignore", NoDataPolicy.Ignore), ("keep", NoDataPolicy.Keep), ("alert", NoDataPolicy.Alert)),
            OnError = RuleFields.Word(section, "error", ErrorPolicy.Ignore, ("ignore", ErrorPolicy.Ignore), ("alert", ErrorPolicy.Alert)),
            StormShare = ReadStormShare(section),
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

    private static double ReadStormShare(YamlSection section)
    {
        if (section.Text("storm_share") is not { } text)
        {
            return DefaultStormShare;
        }

        string number = text.Value!.TrimEnd('%', ' ');
        return number.Length < text.Value.Length &&
            double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and <= 100
            ? percent / 100
            : throw section.Error(text, $"'storm_share' is '{text.Value}', expected a share of the keys such as 30%");
    }

    // The keys the kind reads are named before any is read: a key too many is told before a key that is missing.
    private static void Know(YamlSection section, KindReader kind)
    {
        foreach (string key in (ReadOnlySpan<string>)["every", "lateness"])
        {
            section.Find(key);
        }

        foreach (string key in kind.Keys)
        {
            section.Find(key);
        }
    }

    private static string? DescribeKey(KindReader kind, string key)
    {
        IReadOnlyList<string> others = RuleKinds.WithKey(key);
        return others.Count == 0
            ? null
            : $"'{key}' is a key of kind {string.Join(", ", others)}; kind '{kind.Name}' has {string.Join(", ", kind.Keys)}";
    }

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$")]
    private static partial Regex NameShape();
}
