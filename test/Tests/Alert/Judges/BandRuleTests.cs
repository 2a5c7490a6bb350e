using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert.Judges;

/// <summary>Anomaly rules from their file to their alerts: learnt from the store, judged on the stream.</summary>
public sealed class BandRuleTests
{
    private const int SlotSeconds = 300;
    private const int HistoryDays = 10;

    private const string RuleText = """
        name: slow
        kind: anomaly
        query: logs | where level == "info"
        metric: avg(ms)
        by: service
        every: 5m
        lateness: 5s
        learn: 10d
        """;

    [Fact]
    public async Task Rule_ValueOutsideTheBandOfItsHistory_FiresWithTheBand()
    {
        await using AlertTestBed bed = await LearntAsync();
        await LiveAsync(bed, slots: 12);
        Assert.Empty(bed.Alerts);

        await LiveAsync(bed, slots: 2, factor: 3);
        await LiveAsync(bed, slots: 3);

        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal("""{"service":"pay"}""", alert.Key.ToJsonString());
        Assert.Equal("resolved", alert.State);
        double value = alert.Values["value"]!.GetValue<double>();
        Assert.True(value > alert.Values["upper"]!.GetValue<double>(), alert.Values.ToJsonString());
        Assert.InRange(alert.Values["expected"]!.GetValue<double>(), value / 3 * 0.8, value / 3 * 1.2);
        Assert.True(alert.Values["score"]!.GetValue<double>() > 1);
    }

    [Fact]
    public async Task Rule_ScoredOneByOne_FiresOnWhatIsRare()
    {
        await using AlertTestBed bed = await LearntAsync("method: stream");
        await LiveAsync(bed, slots: 6);
        Assert.Empty(bed.Alerts);
        await LiveAsync(bed, slots: 2, factor: 6);
        await LiveAsync(bed, slots: 3);

        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal("""{"service":"pay"}""", alert.Key.ToJsonString());
        Assert.Null(alert.Values["upper"]);
    }

    [Fact]
    public async Task Rule_RestartAndReload_KeepItsBands()
    {
        await using AlertTestBed bed = await LearntAsync();
        await LiveAsync(bed, slots: 2, factor: 3);
        bed.WriteRule("other.yaml", "name: other\nquery: logs | where level == 'fatal'");
        Assert.True(await bed.Engine.ReloadAsync());
        Assert.Equal("firing", Rule(bed).State); // nothing was learnt anew
        await bed.RestartAsync(withCheckpoint: false);
        await bed.LearnAsync();
        await LiveAsync(bed, slots: 3);

        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal("resolved", alert.State);
        Assert.Equal(2, alert.Revision);
    }

    [Fact]
    public async Task Rule_LateRowThatPullsTheValueBack_RevisesTheAlert()
    {
        await using AlertTestBed bed = await LearntAsync();
        double at = Now(bed);
        await LiveAsync(bed, slots: 2, factor: 3);
        await bed.AppendAsync("late", [.. Enumerable.Range(0, 400).Select(row => new LogRow(at + 10 + (row % 200), "pay", "info", Usual(at)))]);
        await bed.AppendAsync("late", [.. Enumerable.Range(0, 400).Select(row => new LogRow(at + 310 + (row % 200), "pay", "info", Usual(at)))]);
        await LiveAsync(bed, slots: 2);

        AlertView alert = Assert.Single(bed.Alerts);
        Assert.True(alert.Corrected);
        Assert.Equal("resolved", alert.State);
    }

    [Fact]
    public async Task Backtest_SameSpan_TellsWhatWasToldLive()
    {
        await using AlertTestBed bed = await LearntAsync();
        await LiveAsync(bed, slots: 6);
        await LiveAsync(bed, slots: 2, factor: 3);
        await LiveAsync(bed, slots: 3);
        var tables = new TenantTables(bed.Database, "default");
        RuleSet set = RuleSet.Load(bed.RulesFolder, tables, bed.Time.GetUtcNow().UtcTicks);
        var options = new BacktestOptions { FromTicks = StreamTestBed.Ticks(0), ToTicks = bed.Time.GetUtcNow().UtcTicks };

        Rule[] rules = [.. set.Rules.Where(rule => rule.Name == "slow")];
        BacktestReport report = Assert.Single(RuleBacktest.Run(rules, bed.Database, "default", options, bed.Time, CancellationToken.None));

        Assert.Null(report.Error);
        AlertView live = Assert.Single(bed.Alerts);
        AlertView tried = Assert.Single(report.Alerts);
        Assert.Equal((live.Id, live.StartedAt, live.ResolvedAt), (tried.Id, tried.StartedAt, tried.ResolvedAt));
    }

    // The day before was a load test at three times the usual: learnt as a new level, unless somebody says what it was.
    [Fact]
    public async Task Rule_AnnotatedSpanOfTheKey_IsNotLearnt()
    {
        const string Span = "from: 2026-11-20T00:00Z, to: 2026-11-21T00:00Z";
        const string Others = $"spans: [{{ {Span}, key: {{ service: search }}, text: a }}, {{ {Span}, rule: other, text: b }}]";
        await using AlertTestBed bed = await LearntAsync("calendar: { by: service, of: { search: sale }, default: none }", lastDay: 3, Others);
        await LiveAsync(bed, slots: 2, factor: 3);
        Assert.Empty(bed.Alerts);

        await ChangeAsync(bed, "spans.yaml", $"spans: [{{ {Span}, key: {{ service: [pay, shop] }}, rule: slow, text: load test }}]");
        await LiveAsync(bed, slots: 2, factor: 3);
        Assert.Equal("{\"service\":\"pay\"}", Assert.Single(bed.Alerts).Key.ToJsonString());

        // Another text of it is not learnt anew.
        bed.WriteRule("spans.yaml", $"spans: [{{ {Span}, key: {{ service: [pay, shop] }}, text: the sale }}]");
        Assert.True(await bed.Engine.ReloadAsync());
        Assert.NotEqual("learning", Rule(bed).State);
    }

    [Fact]
    public async Task Rule_FreezeOfTheKeysCalendar_IsNotLearnt()
    {
        await using AlertTestBed bed = await LearntAsync("calendar: { by: service, of: { search: none }, default: sale }", lastDay: 3);
        await LiveAsync(bed, slots: 2, factor: 3);
        Assert.Equal("{\"service\":\"pay\"}", Assert.Single(bed.Alerts).Key.ToJsonString());
    }

    private static async Task ChangeAsync(AlertTestBed bed, string file, string text)
    {
        RuleFileChange change = await bed.Engine.ChangeRuleFileAsync(file, text, bed.Engine.ReadRuleFile(file)?.Version);
        Assert.True(change.Errors is null && bed.Engine.RuleErrors.Count == 0, string.Join('\n', change.Errors ?? bed.Engine.RuleErrors));
        await bed.LearnAsync();
    }

    private static async Task<AlertTestBed> LearntAsync(string more = "", double lastDay = 1, string spans = "")
    {
        AlertTestBed bed = await AlertTestBed.CreateAsync(
            ("other.yaml", "name: other\nquery: logs | where level == 'fatal'"),
            ("calendars.yaml", "calendars:\n  sale:\n    freezes: [2026-11-20]"),
            ("spans.yaml", spans));
        var random = new Random(1);
        var rows = new List<LogRow>();
        for (double at = -HistoryDays * 86_400; at < 0; at += SlotSeconds)
        {
            double factor = at >= -86_400 ? lastDay : 1;
            rows.Add(new LogRow(at + 1, "pay", "info", Usual(at) * factor * (1 + ((random.NextDouble() - 0.5) / 10))));
            rows.Add(new LogRow(at + 2, "search", "info", 20 + random.NextDouble()));
        }

        await bed.AppendAsync("import", [.. rows]);
        bed.WriteRule("slow.yaml", RuleText + "\n" + more);
        Assert.True(await bed.Engine.ReloadAsync(), string.Join('\n', bed.Engine.RuleErrors));
        await bed.LearnAsync();
        Assert.Equal(2, Rule(bed).Series);
        return bed;
    }

    private static async Task LiveAsync(AlertTestBed bed, int slots, double factor = 1)
    {
        for (int slot = 0; slot < slots; slot++)
        {
            double at = Now(bed);
            await bed.AppendAsync("host", new LogRow(at, "pay", "info", Usual(at) * factor), new LogRow(at, "search", "info", 20.5));
            bed.Time.Advance(TimeSpan.FromSeconds(SlotSeconds));
            await bed.Engine.DrainAsync();
        }
    }

    private static RuleView Rule(AlertTestBed bed) => bed.Engine.Rules.Single(rule => rule.Name == "slow");

    private static double Now(AlertTestBed bed) => (bed.Time.GetUtcNow().UtcTicks - StreamTestBed.Start.Ticks) / (double)TimeSpan.TicksPerSecond;

    private static double Usual(double seconds) => 100 + (40 * Math.Sin(seconds / 86_400 * 2 * Math.PI));
}
