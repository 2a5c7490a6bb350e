using System.Text.RegularExpressions;
using Bongsu.Alert.Judges;
using Bongsu.Alert.Rules;
using Bongsu.Core.Types;
using Bongsu.Query.Kql;
using Bongsu.Stream.Events;
using Bongsu.Stream.Plans;
using Bongsu.Tests.House;

namespace Bongsu.Tests.Alert.Rules;

public sealed partial class RuleKindTests
{
    [Theory]
    [InlineData("kind: any", "logs\n")]
    [InlineData("kind: any\nby: host", "logs\n| summarize rows = count(), take_any(*) by host")]
    [InlineData("kind: blacklist\nfield: user.name\nvalues: [kim, \"o'neil\"]", "logs\n| where tostring(['user.name']) in ('kim', 'o\\'neil')\n")]
    [InlineData("kind: whitelist\nfield: host\nvalues: [a]\nignore_null: false", "logs\n| where tostring(host) !in ('a')\n")]
    [InlineData(
        "kind: whitelist\nfield: host\nvalues: [a]\nignore_null: true\nby: service",
        "logs\n| where isnotempty(tostring(host)) and tostring(host) !in ('a')\n| summarize rows = count(), take_any(*) by service")]
    [InlineData(
        "kind: cardinality\nfield: host\nmax: 5\nwithin: 10m",
        "logs\n| summarize value = count_distinctif(host, isnotempty(tostring(host))), rows = count()\n| where value > 5")]
    [InlineData(
        "kind: cardinality\nfield: host\nmin: 2\nmax: 5\nby: [service, level]\nwithin: 10m",
        "logs\n| summarize value = count_distinctif(host, isnotempty(tostring(host))), rows = count() by service, level\n| where rows > 0")]
    [InlineData(
        "kind: metric_aggregation\nmetric: avg(duration_ms)\nmin: 0.5\nwithin: 5m",
        "logs\n| summarize value = avg(duration_ms)\n, rows = count()\n| where value < real(0.5) and rows > 0")]
    [InlineData(
        "kind: percentage_match\nmatch: status >= 500\nmax: 5\nmin_rows: 20\nby: service\nwithin: 5m",
        "logs\n| summarize matched = countif(status >= 500\n), rows = count() by service\n| extend percent = 100.0 * matched / rows\n| where rows >= 20\n| where percent > 5")]
    [InlineData("kind: spike\nheight: 3\nwithin: 5m", "logs\n| summarize value = count()\n| where value >= 0")]
    [InlineData(
        "kind: spike_aggregation\nmetric: max(duration_ms)\nheight: 3\nwithin: 5m\nby: host",
        "logs\n| summarize value = max(duration_ms)\n, rows = count() by host\n| where rows > 0")]
    [InlineData("kind: frequency\ncount: 3\nwithin: 5m", "logs\n")]
    [InlineData("kind: flatline\nbelow: 3\nwithin: 5m", "logs\n")]
    [InlineData("kind: change\nfields: host", "logs\n")]
    [InlineData("kind: new_term\nfields: [host]", "logs\n")]
    [InlineData("kind: new_pattern", "logs\n| extend pattern = message_template(message)\n")]
    [InlineData(
        "kind: pattern_rate\nmax: 100\nwithin: 1m\nby: service",
        "logs\n| extend pattern = message_template(message)\n| summarize value = count() by pattern, service\n| extend rows = value\n| where value > 100")]
    [InlineData(
        "kind: sequence\nsteps: [{where: level == 'error'}, {where: message has 'ok', absent: true}]\nwithin: 1m",
        "logs\n| extend is_step_1 = (level == 'error'\n), is_step_2 = (message has 'ok'\n)\n| where is_step_1 or is_step_2\n")]
    [InlineData(
        "kind: job\nstart: message has 'begin'\nend: message has 'done'\nlongest: 1h",
        "logs\n| extend is_start = (message has 'begin'\n), is_end = (message has 'done'\n)\n| where is_start or is_end\n")]
    [InlineData("kind: job\nstart: message has 'begin'\nschedule: 0 3 * * mon-fri", "logs\n| extend is_start = (message has 'begin'\n)\n| where is_start\n")]
    [InlineData("kind: anomaly\nby: service", "logs\n| summarize value = count(), rows = count() by service\n| where rows >= 0")]
    public void Read_EveryKind_ComposesAQueryThatCompiles(string keys, string streamQuery)
    {
        Rule rule = Read(keys);
        Assert.Equal("logs", rule.Query);
        Assert.Equal(streamQuery, rule.StreamQuery);
        StreamPlan plan = StreamPlan.Create(KqlCompiler.Compile(rule.StreamQuery, Logs.Instance, new CompileOptions { NowTicks = 0 }));
        Assert.Equal("logs", plan.Table);
    }

    [Fact]
    public void Read_EventKinds_SayWhatIsWatched()
    {
        Assert.Equal(new FrequencySpec(3, TimeSpan.FromMinutes(5)) { By = [] }, Read("kind: frequency\ncount: 3\nwithin: 5m").Events! with { By = [] });
        var flatline = Assert.IsType<FlatlineSpec>(Read("kind: flatline\nbelow: 3\nwithin: 5m\nforget_keys: true\nby: [host, user.name]").Events);
        Assert.Equal((3, true), (flatline.Below, flatline.ForgetsKeys));
        Assert.Equal(["host", "user.name"], flatline.By);
        var change = Assert.IsType<ChangeSpec>(Read("kind: change\nfields: [a, b]\nwithin: 1h\nignore_null: true\nby: host").Events);
        Assert.Equal((TimeSpan.FromHours(1), true), (change.Within, change.IgnoresNull));
        var terms = Assert.IsType<NewTermSpec>(Read("kind: new_term\nfields: [host, [user.name, ip]]\nlook_back: 90d").Events);
        Assert.Equal(["host", "user.name+ip"], terms.Terms.Select(term => string.Join('+', term)));
        Assert.Equal(TimeSpan.FromDays(90), terms.LookBack);
        var sequence = Assert.IsType<SequenceSpec>(
            Read("kind: sequence\nsteps: [{where: level == 'a', count: 3}, {where: level == 'b', absent: true}]\nwithin: 1m").Events);
        Assert.Equal([new SequenceStep("is_step_1", 3, false), new SequenceStep("is_step_2", 1, true)], sequence.Steps);
        Rule jobRule = Read("kind: job\nstart: level == 'a'\nschedule: '*/15 * * * *'\ngrace: 5m\ntimezone: Asia/Seoul");
        var job = Assert.IsType<JobSpec>(jobRule.Events);
        Assert.Equal(new JobSchedule("*/15 * * * *", "Asia/Seoul"), job.Schedule);
        Assert.Equal("Asia/Seoul", jobRule.TimeZone);
    }

    [Fact]
    public void Read_JudgedKinds_SayWhatIsCompared()
    {
        Assert.Equal(
            new SpikeSpec(3, Direction.Both, 5, 2.5, TellsNewKeys: true) { IsZeroWithoutRows = true },
            Read("kind: spike\nheight: 3\ndirection: both\nmin_current: 5\nmin_before: 2.5\nnew_keys: true\nwithin: 5m").Judge);
        Assert.Equal(
            new SpikeSpec(1.5, Direction.Up, null, null, TellsNewKeys: false),
            Read("kind: spike_aggregation\nmetric: avg(duration_ms)\nheight: 1.5\nwithin: 5m").Judge);
        Assert.Equal(new BoundsSpec(2, 5), Read("kind: cardinality\nfield: host\nmin: 2\nmax: 5\nwithin: 10m").Judge);
        Assert.IsType<SpikeSpec>(Read("kind: pattern_rate\nheight: 4\nwithin: 5m").Judge);
        Assert.Equal(
            new BandSpec(Direction.Up, Season.Week, TimeSpan.FromDays(14))
            {
                Sensitivity = 4,
                Calendar = "korea",
                TimeZone = "Asia/Seoul",
                HistoryQuery = "logs\n| summarize value = avg(duration_ms)\n by __slot = bin(timestamp, 300000ms)",
            },
            Read("kind: anomaly\nmetric: avg(duration_ms)\ndirection: up\nseason: week\nlearn: 14d\nsensitivity: 4\ncalendar: korea\ntimezone: Asia/Seoul").Judge);
        Assert.True(Read("kind: anomaly").Judge!.IsZeroWithoutRows);
        var byKey = (BandSpec)Read("kind: anomaly\nby: [service, level]\ncalendar: { by: service, of: { kr: korea, us: none }, default: korea }").Judge!;
        Assert.Equal(("service", "korea"), (byKey.CalendarBy, byKey.Calendar));
        Assert.Equal([new KeyCalendar("kr", "korea"), new KeyCalendar("us", null)], byKey.KeyCalendars);
    }

    [Fact]
    public void Read_LifeKeys_AreInTheRule()
    {
        const string keys = "for: 5m\nkeep_firing_for: 10m\nno_data: keep\nerror: alert\nstorm_share: 50%\nsession_gap: 30m";
        Rule rule = Assert.Single(Parse(keys, "logs | summarize n = count() by host").Rules);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)), (rule.For, rule.KeepFiringFor));
        Assert.Equal((NoDataPolicy.Keep, ErrorPolicy.Alert, 0.5), (rule.NoData, rule.OnError, rule.StormShare));
        Assert.Equal((RuleKind.Query, TimeSpan.FromMinutes(30)), (rule.Kind, rule.SessionGap));
    }

    [Theory]
    [InlineData("kind: frequenci", 3, 7, "expected one of query, any", "frequency")]
    [InlineData("kind: frequency\ncount: 3", 1, 1, "'within' is missing", null)]
    [InlineData("kind: frequency\ncount: 0\nwithin: 1m", 4, 8, "'count' is '0', expected a whole number of at least 1", null)]
    [InlineData("kind: frequency\ncount: 3\nwithin: 1m\nmin: 2", 6, 1, "'min' is a key of kind cardinality, metric_aggregation, percentage_match, pattern_rate; kind 'frequency' has by, count, within", null)]
    [InlineData("within: 5m", 3, 1, "'within' is a key of kind frequency, spike,", null)]
    [InlineData("kind: frequency\ncount: 3\nwithn: 1m", 5, 1, "unknown key 'withn'", "within")]
    [InlineData("kind: frequency\ncount: 3\nwithin: 1m\nby: lower(host)", 6, 5, "expected a column's name; compute it in the query", null)]
    [InlineData("kind: percentage_match\nmatch: status >=\nmax: 5\nwithin: 5m", 4, 17, "expected", null)]
    [InlineData("kind: percentage_match\nmatch: |\n  status >= 500\n  and contans(message, 'x')\nmax: 5\nwithin: 5m", 6, 7, "contans", "contains")]
    [InlineData("kind: percentage_match\nmatch: status >= 500) | take 5 // (\nmax: 5\nwithin: 5m", 4, 21, "met ')'", null)]
    [InlineData("kind: percentage_match\nmatch: a == 1, b = 2\nmax: 5\nwithin: 5m", 4, 14, "met ','", null)]
    [InlineData("kind: percentage_match\nmatch: status + 'a'\nmax: 5\nwithin: 5m", 4, 8, "", null)]
    [InlineData("kind: percentage_match\nmatch: status > ago(5m)\nmax: 5\nwithin: 5m", 4, 17, "a rule cannot use ago()", null)]
    [InlineData("kind: percentage_match\nmatch: status > 5\nwithin: 5m", 1, 1, "'min' or 'max' is missing", null)]
    [InlineData("kind: metric_aggregation\nmetric: averag(duration_ms)\nmax: 5\nwithin: 5m", 4, 9, "unknown function 'averag'", null)]
    [InlineData("kind: metric_aggregation\nmetric: avg(duration_ms)\nmin: 9\nmax: 5\nwithin: 5m", 5, 6, "'min' must not be more than 'max'", null)]
    [InlineData("kind: spike\nheight: 1\nwithin: 5m", 4, 9, "'height' must be more than 1", null)]
    [InlineData("kind: spike\nheight: 2\ndirection: upp\nwithin: 5m", 5, 12, "expected up, down or both", "up")]
    [InlineData("kind: cardinality\nfield: host\nmax: 3\nwithin: 40d", 6, 9, "window must be at most 31d", null)]
    [InlineData("kind: sequence\nwithin: 5m\nsteps: [{where: level == 'a'}]", 5, 8, "has 1 steps, expected 2 to 20", null)]
    [InlineData("kind: sequence\nwithin: 5m\nsteps: [{where: level == 'a', absent: true}, {where: level == 'b'}]", 5, 9, "only the last step may be 'absent'", null)]
    [InlineData("kind: sequence\nwithin: 5m\nsteps:\n  - where: level == 'a'\n  - where: level = 'b'", 7, 18, "", null)]
    [InlineData("kind: job\nstart: level == 'a'\nschedule: 0 25 * * *", 5, 11, "'25' is no hour, expected 0 to 23", null)]
    [InlineData("kind: job\nstart: level == 'a'", 1, 1, "'schedule' or 'end' is missing", null)]
    [InlineData("kind: anomaly\ntimezone: Seoul", 4, 11, "expected a name such as Asia/Seoul", null)]
    [InlineData("kind: anomaly\nby: [a, country]\ncalendar: { by: contry, of: { kr: korea } }", 5, 17, "is no column of the rule's 'by'", "country")]
    [InlineData("kind: anomaly\nby: a\ncalendar: { by: a, default: korea }", 5, 11, "'of' is missing", null)]
    [InlineData("kind: anomaly\nby: a\ncalendar: { by: a, of: { kr: corea } }", 2, 1, "names the calendar 'corea'", "korea")]
    [InlineData("kind: anomaly\nstorm_share: 0.3", 4, 14, "expected a share of the keys such as 30%", null)]
    public void Read_WrongKeys_NameThePlaceAndWhatWasExpected(string keys, int line, int column, string message, string? suggestion)
    {
        RuleSet set = Parse(keys);
        RuleError error = Assert.Single(set.Errors.Concat(set.Warnings));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((line, column, suggestion), (error.Line, error.Column, error.Suggestion));
        Assert.Equal(message.Contains("calendar 'corea'", StringComparison.Ordinal), error.IsWarning);
    }

    [Theory]
    [InlineData("logs | summarize n = count() by host", 2, 15, "kind 'frequency' looks at rows: 'summarize' cannot stand in its query")]
    [InlineData("logs | project host", 2, 8, "the query must keep the column 'timestamp'")]
    [InlineData("logs | where levl2 ==", 2, 29, "expected")]
    public void Read_WrongRowsQuery_NamesThePlace(string query, int line, int column, string message)
    {
        RuleError error = Assert.Single(Parse("kind: frequency\ncount: 3\nwithin: 5m", query).Errors);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Guide_Examples_LoadAndShowEveryKind()
    {
        string guide = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs/guide/rules.md"));
        MatchCollection examples = YamlExample().Matches(guide);
        var kinds = new List<RuleKind>();
        foreach (Match example in examples)
        {
            RuleSet set = RuleSet.Parse("rule.yaml", example.Groups[1].Value, new AnyLogs(example.Groups[1].Value), 0, RuleSet.Empty);
            Assert.Empty(set.Errors);
            kinds.Add(Assert.Single(set.Rules).Kind);
        }

        Assert.Equal(Enum.GetValues<RuleKind>(), kinds.Distinct().Order());
        Assert.All(RuleKinds.Names, name => Assert.Contains($"| `{name}` |", guide, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 2)]
    [InlineData(60, 5)]
    [InlineData(300, 30)]
    [InlineData(3600, 60)]
    [InlineData(4 * 3600, 60)]
    [InlineData(86_400, 300)]
    [InlineData(31 * 86_400, 7200)]
    [InlineData(7, 1)]
    public void Hop_OfAWindow_IsATenthThatDividesIt(int windowSeconds, int everySeconds)
    {
        TimeSpan hop = WindowSteps.Hop(TimeSpan.FromSeconds(windowSeconds));
        Assert.Equal(everySeconds, hop.TotalSeconds);
        Assert.Equal(hop.Ticks, new Bongsu.Stream.Windows.WindowSpec(hop, TimeSpan.FromSeconds(windowSeconds), TimeSpan.Zero).SlotTicks);
    }

    private static Rule Read(string keys)
    {
        RuleSet set = Parse(keys);
        Assert.Empty(set.Errors);
        return Assert.Single(set.Rules);
    }

    private static RuleSet Parse(string keys, string query = "logs") =>
        RuleSet.Parse("rule.yaml", $"name: x\nquery: {query}\n{keys}\n", Logs.Instance, 0, RuleSet.Empty);

    [GeneratedRegex("[a-z_]+")]
    private static partial Regex Word();

    [GeneratedRegex("```yaml\n# rules/[^\n]*\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlExample();

    // A table with all columns that a rule could mean, so that its query is checked as a whole.
    private sealed class AnyLogs(string rule) : IQueryCatalog
    {
        public IEnumerable<string> TableNames => ["logs"];

        public Schema? FindTable(string name)
        {
            string[] numbers = ["status", "duration_ms", "amount", "depth"];
            IEnumerable<string> names = Word().Matches(rule).Select(match => match.Value).Concat(["timestamp", "message"]).Distinct();
            return name != "logs" ? null : new Schema(names.Select(column => new Column(
                column, column == "timestamp" ? ScalarType.DateTime : numbers.Contains(column) ? ScalarType.Real : ScalarType.String)));
        }
    }

    private sealed class Logs : IQueryCatalog
    {
        public static Logs Instance { get; } = new();

        public IEnumerable<string> TableNames => ["logs"];

        public Schema? FindTable(string name) => name != "logs" ? null : new Schema(
        [
            new Column("timestamp", ScalarType.DateTime), new Column("service", ScalarType.String), new Column("host", ScalarType.String),
            new Column("level", ScalarType.String), new Column("message", ScalarType.String), new Column("status", ScalarType.Long),
            new Column("duration_ms", ScalarType.Real), new Column("user.name", ScalarType.String),
        ]);
    }
}
