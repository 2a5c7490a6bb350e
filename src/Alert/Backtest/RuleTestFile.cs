using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bongsu.Alert.Rules;
using Bongsu.Core.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Backtest;

/// <summary>Reads files of tests beside rule files: <c>NAME.test.yaml</c>; docs/guide/packs.md describes them.</summary>
public static class RuleTestFile
{
    /// <summary>What their names end in.</summary>
    public const string Suffix = ".test.yaml";

    private const int MaxRows = 1_000_000;

    // Any day would do; one in the past, so that no row lies ahead of the clock.
    private static readonly long s_startTicks = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>The cases of a file; what is wrong goes to <paramref name="errors"/>.</summary>
    public static IReadOnlyList<RuleTestCase> Read(string file, string text, ICollection<RuleError> errors)
    {
        try
        {
            var cases = new List<RuleTestCase>();
            foreach (YamlDocument document in YamlSection.Documents(file, text))
            {
                var section = new YamlSection(file, document.RootNode, "a file of tests");
                YamlNode tests = section.Find("tests") ?? throw section.Error("'tests' is missing");
                section.RequireAllKnown();
                cases.AddRange(ListOf(file, tests, "tests").Select(node => ReadCase(file, node)));
            }

            return cases;
        }
        catch (RuleException exception)
        {
            errors.Add(exception.Error);
            return [];
        }
    }

    private static RuleTestCase ReadCase(string file, YamlNode node)
    {
        var section = new YamlSection(file, node, "a test");
        string name = section.RequiredText("name").Value!;
        string table = section.Text("table")?.Value ?? "logs";
        TimeSpan from = section.Duration("from") ?? -TimeSpan.FromMinutes(1);
        TimeSpan? length = section.Duration("length");
        YamlNode rows = section.Find("rows") ?? throw section.Error("'rows' is missing");
        YamlNode alerts = section.Find("alerts") ?? throw section.Error("'alerts' is missing; write 'alerts: []' where none must fire");
        section.RequireAllKnown();
        var lines = new List<(TimeSpan At, JsonObject Row)>();
        foreach (YamlNode item in ListOf(file, rows, "rows"))
        {
            AddRows(file, item, lines);
        }

        var json = new StringBuilder();
        foreach ((TimeSpan at, JsonObject row) in lines.OrderBy(line => line.At))
        {
            row["timestamp"] = ScalarText.FormatDateTime(s_startTicks + at.Ticks);
            json.Append(row.ToJsonString()).Append('\n');
        }

        TimeSpan last = length ?? (lines.Count == 0 ? TimeSpan.Zero : lines.Max(line => line.At));
        return new RuleTestCase(
            name, (int)node.Start.Line, table, s_startTicks, s_startTicks + from.Ticks, s_startTicks + last.Ticks, length is not null,
            Encoding.UTF8.GetBytes(json.ToString()), [.. ListOf(file, alerts, "alerts").Select(item => ReadAlert(file, item))]);
    }

    private static void AddRows(string file, YamlNode node, List<(TimeSpan At, JsonObject Row)> lines)
    {
        var section = new YamlSection(file, node, "an item of 'rows'");
        TimeSpan at = section.Duration("at") ?? TimeSpan.Zero;
        TimeSpan every = section.Duration("every") ?? TimeSpan.FromSeconds(1);
        int count = section.Text("count") is { } text ? Count(section, text) : 1;
        YamlNode row = section.Find("row") ?? throw section.Error("'row' is missing");
        IReadOnlyDictionary<string, YamlScalarNode> steps = section.Texts("add");
        section.RequireAllKnown();
        for (int index = 0; index < count; index++)
        {
            var fields = ToJson(file, row, index) as JsonObject ?? throw section.Error(row, "'row' must be a mapping of fields");
            foreach ((string field, YamlScalarNode step) in steps)
            {
                if (!double.TryParse(step.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double add) ||
                    !TryGetNumber(fields[field], out double number))
                {
                    throw section.Error(step, $"'add.{field}' and the field must be numbers");
                }

                fields[field] = ToNumber(number + (index * add));
            }

            lines.Add((at + (index * every), fields));
        }

        if (lines.Count > MaxRows)
        {
            throw section.Error($"a test has more than {MaxRows:N0} rows");
        }
    }

    private static bool TryGetNumber(JsonNode? node, out double number)
    {
        number = 0;
        return node is JsonValue value &&
            double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static int Count(YamlSection section, YamlScalarNode text) =>
        int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MaxRows
            ? count
            : throw section.Error(text, $"'count' is '{text.Value}', expected 1 to {MaxRows:N0}");

    private static ExpectedAlert ReadAlert(string file, YamlNode node)
    {
        var section = new YamlSection(file, node, "an alert");
        var alert = new ExpectedAlert(
            section.Text("rule")?.Value,
            section.Texts("key").ToDictionary(pair => pair.Key, pair => pair.Value.Value ?? ""),
            section.Duration("at"),
            section.Duration("resolved"));
        section.RequireAllKnown();
        return alert;
    }

    private static IEnumerable<YamlNode> ListOf(string file, YamlNode node, string what) =>
        node as YamlSequenceNode ?? throw YamlSection.Error(file, node, $"'{what}' must be a list");

    // Plain words are what JSON would take them for; in texts {i} is the number of the repetition.
    private static JsonNode? ToJson(string file, YamlNode node, int index) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(
            (pair.Key as YamlScalarNode)?.Value ?? throw YamlSection.Error(file, pair.Key, "a key must be a plain word"),
            ToJson(file, pair.Value, index)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(item => ToJson(file, item, index))]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => ToValue(plain.Value ?? ""),
        YamlScalarNode text => JsonValue.Create((text.Value ?? "").Replace(
            "{i}", index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)),
        _ => throw YamlSection.Error(file, node, "expected a value"),
    };

    private static JsonNode? ToValue(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? ToNumber(number)
            : JsonValue.Create(text),
    };

    private static JsonValue ToNumber(double number) =>
        number == Math.Floor(number) && Math.Abs(number) < 1L << 53 ? JsonValue.Create((long)number) : JsonValue.Create(number);
}
