using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert;

/// <summary>Percentiles of more values than are kept: said to be estimates, and the same after a crash and in a backtest.</summary>
public sealed class EstimatedPercentileTests
{
    private const string Rule = "name: slow\nquery: logs | summarize p = percentile(ms, 95) by service | where p > 100\nwindow: 20s\nevery: 10s\nlateness: 2s\n";

    [Theory]
    [InlineData(20, false)]
    [InlineData(300, true)]
    public async Task Alert_OverManyValues_SaysSoAndIsWhatABacktestSays(int rowsPerSecond, bool isEstimate)
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("slow.yaml", Rule));
        var random = new Random(rowsPerSecond);
        for (int second = 0; second < 90; second++)
        {
            bool isSlow = second is >= 20 and < 50;
            await bed.AppendAsync("host" + (second % 2), [.. Enumerable.Range(0, rowsPerSecond)
                .Select(_ => new LogRow(second + random.NextDouble() - 1, "pay", "info", Math.Exp(random.NextDouble() * 4) * (isSlow ? 4 : 1)))]);
            bed.Time.Advance(TimeSpan.FromSeconds(1));
            await bed.Engine.DrainAsync();
            if (second is 30 or 44)
            {
                Assert.Equal(isEstimate, Assert.Single(bed.Engine.Rules).Estimated);
                await bed.RestartAsync(withCheckpoint: second == 30);
            }
        }

        await bed.SilenceAsync(100);
        AlertView live = Assert.Single(bed.Alerts);
        Assert.Equal(("resolved", isEstimate), (live.State, live.Estimated));

        RuleSet set = RuleSet.Load(bed.RulesFolder, new TenantTables(bed.Database, "default"), bed.Time.GetUtcNow().UtcTicks);
        var options = new BacktestOptions { FromTicks = StreamTestBed.Ticks(-60), ToTicks = bed.Time.GetUtcNow().UtcTicks };
        BacktestReport report = Assert.Single(RuleBacktest.Run(set.Rules, bed.Database, "default", options, bed.Time, CancellationToken.None));
        AlertView tried = Assert.Single(report.Alerts);
        Assert.Equal((live.StartedAt, live.ResolvedAt, live.Estimated), (tried.StartedAt, tried.ResolvedAt, tried.Estimated));
        Assert.Equal(live.Values.ToJsonString(), tried.Values.ToJsonString());

        // What the store says, exactly.
        string window = $"logs | where timestamp >= datetime({live.WindowStart}) and timestamp < datetime({live.WindowEnd}) | summarize p = percentile(ms, 95)";
        double exact = double.Parse(Assert.Single(bed.Query(window)), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(live.Values["p"]!.GetValue<double>(), exact * (isEstimate ? 0.99 : 0.999999), exact * (isEstimate ? 1.01 : 1.000001));
    }
}
