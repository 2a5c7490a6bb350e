using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert;

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

    [Fact]
    public async Task Run_ByIngestion_EqualsLiveFiring()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", RuleText));
        var random = new Random(5);
        for (int second = 0; second < 200; second++)
        {
            await bed.SecondAsync(second % 40 < 4 ? 1 : 0);
            if (random.Next(30) == 0)
            {
                await bed.AppendAsync("late", new LogRow(second - random.Next(90)), new LogRow(second - random.Next(90)));
            }
        }

        await bed.SilenceAsync(200);
        AlertView[] live = bed.Alerts;
        BacktestReport report = Run(bed, byEventTime: false, StreamTestBed.Ticks(-300), StreamTestBed.Ticks(300));

        Assert.True(live.Length > 3, $"{live.Length} alerts");
        Assert.Null(report.Error);
        Assert.Equal(Show(live), Show(report.Alerts));
        Assert.Empty(report.DoubtfulWindows);
        Assert.Equal(live.Sum(alert => alert.Corrected ? 1 : 0) > 0, report.WindowsCorrected > 0);

        // Not by id: it is made of the window that was told first, and an open window may be told before an earlier one.
        string[] Show(IEnumerable<AlertView> alerts) =>
            [.. alerts.Select(alert => $"{alert.StartedAt[11..19]} {alert.ResolvedAt![11..19]} {alert.Key["service"]} {alert.Values.ToJsonString()}").Order()];
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

    private static BacktestReport Run(AlertTestBed bed, bool byEventTime, long from, long to)
    {
        var tables = new TenantTables(bed.Database, "default");
        RuleSet set = RuleSet.Load(bed.RulesFolder, tables, bed.Time.GetUtcNow().UtcTicks);
        Assert.Empty(set.Errors);
        var options = new BacktestOptions { FromTicks = from, ToTicks = to, ByEventTime = byEventTime };
        return Assert.Single(RuleBacktest.Run(set.Rules, bed.Database, "default", options, bed.Time, CancellationToken.None));
    }
}
