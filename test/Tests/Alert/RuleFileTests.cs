using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bongsu.Alert.Rules;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Query.Kql;
using Bongsu.Stream.Windows;
using Bongsu.Tests.House;

namespace Bongsu.Tests.Alert;

public sealed partial class RuleFileTests
{
    [Theory]
    [InlineData("nam: x\nquery: logs", 1, 1, "'name' is missing", null)]
    [InlineData("name: x\nquery: logs\nwindw: 5m", 3, 1, "unknown key 'windw', expected one of name, kind, query, every, lateness, window, session_gap, labels, annotations, severity, channels, for, keep_firing_for, no_data, error, storm_share", "window")]
    [InlineData("name: x\nquery: logs\nevery: 5 minutes", 3, 8, "'every' is '5 minutes', expected a duration such as 30s, 5m or 1h30m", null)]
    [InlineData("name: x\nquery: logs\nseverity: 9", 3, 11, "'severity' is '9', expected 1 (worst) to 5", null)]
    [InlineData("name: x\nquery: logs\nno_data: alrt", 3, 10, "'no_data' is 'alrt', expected ignore, keep or alert", "alert")]
    [InlineData("name: x\nquery: logs\nannotations: {summary: 'so {{ much'}", 3, 24, "a placeholder must be written {{ name }}", null)]
    [InlineData("name: x\nquery: |\n  logs\n  | where timestamp > ago(5m)", 4, 23, "a rule cannot use ago(): its time range is given by 'window'", null)]
    [InlineData("name: x\nquery: \"logs | where a == 'ago(' and b > now()\"", 2, 42, "a rule cannot use now()", null)]
    [InlineData("name: x\nquery: |\n  logs\n  | summarise count()", 4, 5, "'summarise'", "summarize")]
    [InlineData("name: x\nquery: logs | summarize count() by service\nchannels: [opps]", 2, 1, "names the channel 'opps'", "ops")]
    [InlineData("name: x\nquery: logs | summarize n = count()", 2, 8, "the query has no condition after 'summarize'", null)]
    [InlineData("name: x\nquery: logs | summarize n = count() by bin(timestamp, 1m)", 2, 8, "a rule cannot group by a datetime", null)]
    [InlineData("name: x\nquery: logs | take 5 | where level == 'a'", 2, 8, "a rule cannot use 'take' before 'summarize'", null)]
    [InlineData("name: x\nquery: logs | summarize n = count() by service | project n", 2, 8, "the key 'service' of 'summarize … by' is dropped later", null)]
    [InlineData("name: x\nquery: print 1", 2, 8, "a rule must read a table", null)]
    [InlineData("name: x\nquery: logs\nevery: 7s\nwindow: 1d", 4, 9, "window 1.00:00:00 is 86400 slots of 00:00:01", null)]
    [InlineData("name: [1", 2, 1, "not YAML", null)]
    public void Load_WrongFile_NamesThePlaceAndWhatWasExpected(string text, int line, int column, string message, string? suggestion)
    {
        using var folder = new TemporaryFolder();
        folder.Write("rule.yaml", text);
        folder.Write("channels.yaml", "channels: {ops: {webhook: 'http://127.0.0.1:1/'}}");
        RuleError error = Assert.Single(Load(folder).Errors);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(("rule.yaml", line, column, suggestion), (error.File, error.Line, error.Column, error.Suggestion));
    }

    [Theory]
    [InlineData("channels: {ops: {}}", "needs either 'webhook' or 'slack'")]
    [InlineData("channels: {ops: {webhook: 'ftp://x'}}", "must begin with http:// or https://")]
    [InlineData("channels: {ops: {webhook: '${BONGSU_NOT_SET}'}}", "the environment variable BONGSU_NOT_SET is not set")]
    [InlineData("channels: {ops: {webhook: 'http://x/', headers: {'A b': c}}}", "is not a header")]
    [InlineData("channels: {ops: {webhook: 'http://x/', timeout: 1h}}", "'timeout' must be 100ms to 2m")]
    public void Load_WrongChannel_IsAnErrorWithoutItsSecrets(string text, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("channels.yaml", text);
        RuleError error = Assert.Single(Load(folder).Errors);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("channels.yaml", error.File);
    }

    [Fact]
    public void Load_SameNameTwice_IsAnError()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", "name: x\nquery: logs");
        folder.Write("b.yaml", "name: y\nquery: logs\n---\nname: x\nquery: logs");
        RuleError error = Assert.Single(Load(folder).Errors);
        Assert.Equal(("b.yaml", 5), (error.File, error.Line));
        Assert.Contains("'x' is taken already, in a.yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TableNotThereYet_IsNoError()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", "name: x\nquery: nothing_yet | where a > 1 | summarize n = count() by b | where n > 1");
        RuleSet set = Load(folder);
        Assert.Empty(set.Errors);
        Assert.Single(set.Rules);
    }

    [Fact]
    public void Guide_Examples_Load()
    {
        using var folder = new TemporaryFolder();
        string guide = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs/guide/alerts.md"));
        MatchCollection examples = YamlExample().Matches(guide);
        Assert.Equal(4, examples.Count);
        foreach (Match example in examples)
        {
            folder.Write(example.Groups[1].Value, example.Groups[2].Value);
        }

        RuleSet set = RuleSet.Load(folder.Path, Catalog.Instance, 0, name => name == "OPS_TOKEN" ? "t" : "https://hooks.example.com/x");
        Assert.Empty(set.Errors);
        Assert.Equal(["fatal", "payments-errors", "search-failing"], set.Rules.Select(rule => rule.Name));
        Assert.Equal(["ops", "team-chat"], set.Channels.Select(channel => channel.Name));
        Assert.Equal("ops (Webhook)", set.Channels[0].ToString());
        Assert.Equal(TimeSpan.FromMinutes(5).Ticks, set.Rules[1].Windows.WindowTicks);
        JsonNode body = JsonNode.Parse(JsonExample().Match(guide).Groups[1].Value)!;
        Assert.Equal(7, body.AsObject().Count);
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("1h30m", 5400)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5m", 90)]
    [InlineData("1d", 86400)]
    [InlineData("00:05:00", 300)]
    public void Duration_GoodText_IsRead(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("m")]
    [InlineData("5 m")]
    [InlineData("-5m")]
    [InlineData("999999999999999d")]
    public void Duration_BadText_IsRefused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void Template_Values_AreRoundedToWhatMatters()
    {
        Assert.Equal("2381", Template.Format(Scalar.Of(2381.2544)));
        Assert.Equal("381.3", Template.Format(Scalar.Of(381.2544)));
        Assert.Equal("38.13", Template.Format(Scalar.Of(38.1254)));
        Assert.Equal("0.0123", Template.Format(Scalar.Of(0.012345)));
        Assert.Equal("17", Template.Format(Scalar.Of(17L)));
        var list = new DynamicWriter();
        list.BeginArray();
        list.WriteString("read"u8);
        list.WriteLong(5);
        list.EndArray();
        Assert.Equal("read, 5", Template.Format(Scalar.OfDynamic(list.Written.ToArray())));
        Assert.Equal("2026-11-21T00:00:00Z", Template.Format(Scalar.OfDateTime(Stream.StreamTestBed.Start.Ticks)));
        Assert.Equal("결제 {{ gone }}", Template.Fill("{{service}} {{ gone }}", name => name == "service" ? "결제" : null));
    }

    [Fact]
    public void Windows_SlotsOfAnyLength_AreInTheWindowsThatHoldThem()
    {
        for (int every = 1; every < 40; every += 3)
        {
            for (int window = 1; window < 90; window += 7)
            {
                WindowSpec spec = Stream.StreamTestBed.Windows(every, window, 0);
                long slot = spec.SlotOf(Stream.StreamTestBed.Ticks(12_345));
                for (long end = spec.EndAtOrBefore(slot - spec.WindowTicks); end < slot + (2 * spec.WindowTicks); end += spec.EveryTicks)
                {
                    bool holds = end - spec.WindowTicks <= slot && slot + spec.SlotTicks <= end;
                    Assert.Equal(holds, end >= spec.FirstEndOf(slot) && end <= spec.LastEndOf(slot));
                }
            }
        }
    }

    private static RuleSet Load(TemporaryFolder folder) => RuleSet.Load(folder.Path, Catalog.Instance, 0, _ => null);

    [GeneratedRegex("```yaml\n# rules/([a-z-]+\\.yaml)[^\n]*\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlExample();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonExample();

    private sealed class Catalog : IQueryCatalog
    {
        public static Catalog Instance { get; } = new();

        public IEnumerable<string> TableNames => ["logs"];

        public Schema? FindTable(string name) => name != "logs" ? null : new Schema(
        [
            new Column("timestamp", ScalarType.DateTime), new Column("service", ScalarType.String), new Column("host", ScalarType.String),
            new Column("level", ScalarType.String), new Column("message", ScalarType.String), new Column("status", ScalarType.Long),
            new Column("duration_ms", ScalarType.Real),
        ]);
    }
}
