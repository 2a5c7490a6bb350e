using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert.Backtest;

/// <summary>Backtests against live firing, against one another, and what they draw.</summary>
public sealed class RuleBacktestTests
{
    private const string RuleText = """
        name: errors
        query: |
          logs
          | where level == "error"
          | summarize errors = count() by service
          | where errors >= 3
        every: 10s
        window: 20s
        lateness: 2s
        """;

    // Rows of four services, some seconds late, some up to a minute and a half; silence; then all of it again from the store.
    [Theory]
    [InlineData(RuleText)]
    [InlineData("name: any\nkind: any\nquery: logs | where level == 'error' and service == 'pay'\nevery: 5s\nlateness: 2s")]
    [InlineData("name: sessions\nquery: logs | where level == 'error' | summarize n = count(), start = min(timestamp) by service | where n >= 4\nsession_gap: 6s\nevery: 1m\nlateness: 2s")]
    [InlineData("name: sessions without times\nquery: logs | where level == 'error' | summarize n = count() by service | where n >= 4\nsession_gap: 6s\nevery: 1m\nlateness: 2s")]
    [InlineData("name: spike\nkind: spike\nquery: logs | where level == 'error'\nby: service\nheight: 2\nwithin: 20s\nevery: 10s\nlateness: 2s")]
    [InlineData("name: frequency\nkind: frequency\nquery: logs | where level == 'error'\nby: service\ncount: 3\nwithin: 10s\nevery: 5s\nlateness: 2s")]
    [InlineData("name: flatline\nkind: flatline\nquery: logs | where level == 'error'\nby: service\nbelow: 1\nwithin: 20s\nevery: 5s\nlateness: 2s")]
    [InlineData("name: change\nkind: change\nquery: logs\nfields: level\nby: service\nevery: 5s\nlateness: 2s")]
    [InlineData("name: sequence\nkind: sequence\nquery: logs\nby: service\nsteps: [{where: level == 'error', count: 2}, {where: level == 'info'}]\nwithin: 30s\nevery: 5s\nlateness: 2s")]
    [InlineData("name: metric\nkind: metric_aggregation\nquery: logs\nmetric: avg(ms)\nmax: 12\nby: service\nwithin: 20s\nevery: 10s\nlateness: 2s")]
    [InlineData("name: waits\nquery: logs | where level == 'error' | summarize n = count() by service | where n >= 1\nevery: 10s\nlateness: 2s\nfor: 10s\nkeep_firing_for: 20s\nno_data: alert")]
    [InlineData("name: blacklist\nkind: blacklist\nquery: logs\nfield: level\nvalues: [error]\nby: service\nevery: 5s\nlateness: 2s")]
    [InlineData("name: whitelist\nkind: whitelist\nquery: logs\nfield: level\nvalues: [info]\nignore_null: false\nby: service\nevery: 5s\nlateness: 2s")]
    [InlineData("name: cardinality\nkind: cardinality\nquery: logs\nfield: level\nmin: 2\nwithin: 20s\nby: service\nevery: 10s\nlateness: 2s")]
    [InlineData("name: share\nkind: percentage_match\nquery: logs\nmatch: level == 'error'\nmax: 40\nmin_rows: 2\nwithin: 20s\nby: service\nevery: 10s\nlateness: 2s")]
    [InlineData("name: aggregate\nkind: spike_aggregation\nquery: logs\nmetric: avg(ms)\nheight: 1.2\ndirection: both\nwithin: 20s\nby: service\nevery: 10s\nlateness: 2s")]
    [InlineData("name: terms\nkind: new_term\nquery: logs\nfields: [[service, level]]\nlook_back: 20s\nevery: 5s\nlateness: 2s")]
    [InlineData("name: patterns\nkind: new_pattern\nquery: logs\nfield: level\nby: service\nlook_back: 20s\nevery: 5s\nlateness: 2s")]
    [InlineData("name: rate\nkind: pattern_rate\nquery: logs\nfield: level\nmax: 6\nwithin: 20s\nby: service\nevery: 10s\nlateness: 2s")]
    [InlineData("name: runs\nkind: job\nquery: logs\nstart: level == 'error'\nend: level == 'info'\nschedule: '* * * * *'\ngrace: 5s\nshortest: 3s\nlongest: 10s\nby: service\nevery: 5s\nlateness: 2s")]
    public async Task Run_ByIngestion_EqualsLiveFiring(string rule)
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("rule.yaml", rule));
        var random = new Random(5);
        string[] services = ["pay", "search", "login", "mail"];
        for (int second = 0; second < 200; second++)
        {
            LogRow[] rows = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => new LogRow(
                second - (random.Next(5) == 0 ? random.Next(4) : 0),
                services[random.Next(services.Length)],
                second % 40 < 12 && random.Next(3) > 0 ? "error" : "info",
                second % 60 < 20 ? 15 : 8))];
            await bed.AppendAsync("host" + random.Next(2), rows);
            if (random.Next(30) == 0)
            {
                await bed.AppendAsync("late", new LogRow(second - random.Next(90)), new LogRow(second - random.Next(90)));
            }

            bed.Time.Advance(TimeSpan.FromSeconds(1));
            await bed.Engine.DrainAsync();
        }

        await bed.SilenceAsync(200);
        AlertView[] live = [.. bed.Alerts.Where(alert => alert.Kind != StormControl.Kind)]; // a backtest joins none
        BacktestReport report = Run(bed, byEventTime: false, StreamTestBed.Ticks(-300), StreamTestBed.Ticks(400));

        Assert.True(live.Length > 1, $"{live.Length} alerts");
        Assert.Null(report.Error);
        Assert.Equal(Show(live), Show(report.Alerts));
        Assert.Empty(report.DoubtfulWindows);
        Assert.Equal(live.Length, report.AlertCount);
        Assert.Equal(live.Length, report.PagesPerDay.Sum(day => day.Pages));

        // Of what still fires the values may be of other windows: a backtest ends elsewhere.
        // Not by id: it is made of the window that was told first, and an open window may be told before an earlier one.
        string[] Show(IEnumerable<AlertView> alerts) =>
            [.. alerts.Select(alert => $"{alert.StartedAt} {alert.ResolvedAt} {alert.Kind} {alert.Key.ToJsonString()} {(alert.ResolvedAt is null ? "" : alert.Values.ToJsonString())}").Order()];
    }

    [Fact]
    public async Task Run_ImportedRows_AreDoubtfulByIngestionAndToldByEventTime()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync();
        bed.WriteRule("errors.yaml", RuleText);
        await bed.AppendAsync("import", [.. Enumerable.Range(0, 60).Select(row => new LogRow(-86_400 + row, "pay", row is >= 20 and < 35 ? "error" : "info"))]);
        long from = StreamTestBed.Ticks(-86_400 - 60);
        long to = StreamTestBed.Ticks(-86_400 + 180);

        BacktestReport asLive = Run(bed, byEventTime: false, from, to);
        Assert.Empty(asLive.Alerts);
        Assert.Equal(60, asLive.RowsBackfill);
        Assert.Equal(7, asLive.DoubtfulWindows.Count);

        BacktestReport inTime = Run(bed, byEventTime: true, from, to);
        AlertView alert = Assert.Single(inTime.Alerts);
        Assert.Equal("2026-11-20T00:00:30.0000000Z", alert.StartedAt);
        Assert.Equal("2026-11-20T00:01:00.0000000Z", alert.ResolvedAt);
        Assert.Equal([30, 40, 50], inTime.FiringWindows.Select(window => (window.EndTicks - StreamTestBed.Ticks(-86_400)) / TimeSpan.TicksPerSecond));
        Assert.Empty(inTime.DoubtfulWindows);
    }

    [Fact]
    public async Task Run_TwoVersions_SaysWhatIsAddedAndLost()
    {
        await using AlertTestBed bed = await ErrorsAsync();
        Rule[] versions = [Parse(RuleText.Replace(">= 3", ">= 6")), Parse(RuleText.Replace("service\n", "service\n  | where service != \"mail\"\n"))];
        IReadOnlyList<BacktestReport> reports = Run(bed, versions, withSeries: false);

        BacktestComparison comparison = BacktestComparison.Of(reports[0], reports[1]);
        Assert.Equal(["mail"], comparison.Added.Select(alert => alert.Key["service"]!.ToString()));
        Assert.Equal(["pay"], comparison.Lost.Select(alert => alert.Key["service"]!.ToString()));
        Assert.Equal(["search"], comparison.Both.Select(pair => pair.After.Key["service"]!.ToString()));
        Assert.Equal([("2026-11-20", 0), ("2026-11-21", 2)], reports[0].PagesPerDay);
        Assert.Equal((reports[0], reports[1]), BacktestComparison.Pair([reports[0]], [reports[1]])[0]);
    }

    [Fact]
    public async Task Run_WithSeries_HasValuesOfWindowsThatDoNotFire()
    {
        await using AlertTestBed bed = await ErrorsAsync();
        var progress = new List<BacktestProgress>();
        BacktestSeries series = Run(bed, [Parse(RuleText)], withSeries: true, progress)[0].Series!;

        Assert.Equal(["errors"], series.Columns);
        Assert.Equal(("errors", ">=", 3.0), (series.Thresholds[0].Column, series.Thresholds[0].Operator, series.Thresholds[0].Value));
        Assert.Equal((48, 1, 4), (series.Points, series.WindowsPerPoint, series.KeyCount));
        Assert.Equal(["mail", "search", "pay", "login"], series.Lines.Select(line => line.Key["service"]!.ToString()));
        Assert.Equal([2, 2, 2, 0], series.Lines.Select(line => line.FiringWindows));
        int point = (int)((StreamTestBed.Ticks(50) - series.StartTicks) / series.StepTicks);
        Assert.Equal([double.NaN, 2, 2, double.NaN], series.Lines[3].Values[0].AsSpan((point - 1)..(point + 3)).ToArray()); // login
        Assert.Equal([9.0, 9.0], series.Lines[0].Values[0].AsSpan(point..(point + 2)).ToArray());
        Assert.Equal(1, progress[^1].Share);
    }

    // The condition is moved before the operator that names what it compares.
    [Theory]
    [InlineData("| extend share = 100.0 * errors / 50 | where errors >= 3 and share > 5", "share")]
    [InlineData("| extend share = round(100.0 * errors / 50, 1) | where 5 < share | project-rename part = share | where errors > 0", "part")]
    [InlineData("| extend many = errors * 2 | where many >= 6", "many")]
    public async Task Run_ComputedColumn_HasItsThreshold(string condition, string column)
    {
        await using AlertTestBed bed = await ErrorsAsync();
        Rule rule = Parse(RuleText.Replace("| where errors >= 3", condition, StringComparison.Ordinal));
        BacktestSeries series = Run(bed, [rule], withSeries: true)[0].Series!;
        Assert.Equal(column, series.Columns[0]);
        Assert.Contains(series.Thresholds, threshold => threshold.Column == column && threshold.Operator[0] == '>');
    }

    private static async Task<AlertTestBed> ErrorsAsync()
    {
        AlertTestBed bed = await AlertTestBed.CreateAsync();
        (string Service, int Errors)[] services = [("pay", 4), ("search", 8), ("mail", 9), ("login", 2)];
        for (int second = 0; second < 120; second++)
        {
            LogRow[] rows = second == 45
                ? [.. services.SelectMany(service => Enumerable.Repeat(new LogRow(second, service.Service), service.Errors))]
                : [new LogRow(second, "other", "info")];
            await bed.AppendAsync("host", rows);
            bed.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return bed;
    }

    private static Rule Parse(string text)
    {
        RuleSet set = RuleSet.Parse("rule.yaml", text, EmptyCatalog.Instance, 0, RuleSet.Empty);
        Assert.Empty(set.Errors);
        return set.Rules[0];
    }

    private static IReadOnlyList<BacktestReport> Run(AlertTestBed bed, Rule[] rules, bool withSeries, List<BacktestProgress>? progress = null)
    {
        var options = new BacktestOptions
        {
            FromTicks = StreamTestBed.Ticks(-240),
            ToTicks = StreamTestBed.Ticks(240),
            WithSeries = withSeries,
            Progress = progress is null ? null : progress.Add,
        };
        return RuleBacktest.Run(rules, bed.Database, "default", options, bed.Time, CancellationToken.None);
    }

    private static BacktestReport Run(AlertTestBed bed, bool byEventTime, long from, long to)
    {
        var tables = new TenantTables(bed.Database, "default");
        RuleSet set = RuleSet.Load(bed.RulesFolder, tables, bed.Time.GetUtcNow().UtcTicks);
        Assert.Empty(set.Errors);
        var options = new BacktestOptions { FromTicks = from, ToTicks = to, ByEventTime = byEventTime };
        return Assert.Single(RuleBacktest.Run(set.Rules, bed.Database, "default", options, bed.Time, CancellationToken.None));
    }
}
