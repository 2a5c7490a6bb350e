using System.Globalization;
using System.Text.Json;
using Bongsu.Ingest.Pipelines.Grok;
using Bongsu.Ingest.Pipelines.Parsing;
using Bongsu.Tests.Ingest.Files;

namespace Bongsu.Tests.Ingest.Pipelines;

public class GrokTests
{
    [Theory]
    [InlineData("legacy")]
    [InlineData("ecs-v1")]
    public void Compile_EveryPatternOfTheSharedFiles(string set)
    {
        Dictionary<string, string> definitions = Definitions(set);
        var failures = new List<string>();
        foreach (string name in definitions.Keys)
        {
            try
            {
                GrokCompiler.Compile($"%{{{name}}}", definitions);
            }
            catch (FormatException error)
            {
                failures.Add($"{name}: {error.Message}");
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void Match_EverySample_GivesItsFields()
    {
        string file = LogFiles.Shared("grok/samples.json");
        if (!File.Exists(file))
        {
            return;
        }

        var failures = new List<string>();
        using var samples = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (JsonElement sample in samples.RootElement.EnumerateArray())
        {
            foreach (JsonElement mode in sample.GetProperty("modes").EnumerateArray())
            {
                Check(sample, mode.GetString()!, failures);
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void BuiltIn_AllRunInLinearTime()
    {
        foreach (string name in GrokPatterns.BuiltIn.Keys)
        {
            GrokCompiler.Compile($"%{{{name}}}", new Dictionary<string, string>());
        }

        PatternExtractor access = GrokCompiler.Compile("%{COMBINEDAPACHELOG}", new Dictionary<string, string>());
        string line = "83.149.9.216 - - [17/May/2015:10:05:03 +0000] \"GET /a?b=c HTTP/1.1\" 200 203023 \"http://x/\" \"Mozilla/5.0 (X)\"";
        Assert.Equal(
            ["clientip=83.149.9.216", "ident=-", "auth=-", "timestamp=17/May/2015:10:05:03 +0000", "verb=GET", "request=/a?b=c", "httpversion=1.1",
                "response=200", "bytes=203023", "referrer=\"http://x/\"", "agent=\"Mozilla/5.0 (X)\""],
            access.Match(line)!.Select(field => $"{field.Field.Name}={field.Values[0]}"));
    }

    [Fact]
    public void Compile_PatternThatRefersToItself_IsRefused() =>
        Assert.Contains(
            "deep",
            Assert.Throws<FormatException>(() => GrokCompiler.Compile("%{A}", new Dictionary<string, string> { ["A"] = "x%{A}" })).Message,
            StringComparison.Ordinal);

    private static void Check(JsonElement sample, string mode, List<string> failures)
    {
        string pattern = sample.GetProperty("pattern").GetString()!;
        string line = sample.GetProperty("message").GetString()!;
        Dictionary<string, string> definitions = Definitions(mode);
        PatternExtractor extractor = GrokCompiler.Compile(pattern.Contains('%', StringComparison.Ordinal) ? pattern : $"%{{{pattern}}}", definitions);
        IReadOnlyList<(CapturedField Field, List<string> Values)>? fields = extractor.Match(line);
        if (fields is null)
        {
            failures.Add($"{mode} {pattern}: no match for {line}");
            return;
        }

        if (mode != "legacy" || !sample.TryGetProperty("legacy_fields", out JsonElement expected))
        {
            return;
        }

        foreach (JsonProperty field in expected.EnumerateObject())
        {
            IEnumerable<string> wanted = field.Value.ValueKind == JsonValueKind.Array
                ? field.Value.EnumerateArray().Select(value => value.ToString())
                : [field.Value.ToString()];
            List<string> found = fields.Where(known => known.Field.Name == field.Name).SelectMany(known => known.Values).ToList();
            if (!wanted.All(value => found.Exists(known => Same(known, value))))
            {
                failures.Add($"{pattern}: {field.Name} is {string.Join('|', found)}, expected {field.Value}");
            }
        }
    }

    private static bool Same(string left, string right) =>
        left == right ||
        (double.TryParse(left, CultureInfo.InvariantCulture, out double a) && double.TryParse(right, CultureInfo.InvariantCulture, out double b) && a == b);

    private static Dictionary<string, string> Definitions(string set)
    {
        var definitions = new Dictionary<string, string>(StringComparer.Ordinal);
        string folder = LogFiles.Shared("grok/patterns/" + set);
        foreach (string file in (Directory.Exists(folder) ? Directory.GetFiles(folder) : []).Order(StringComparer.Ordinal))
        {
            GrokFile.Read(File.ReadLines(file), definitions);
        }

        return definitions;
    }
}
