using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert.Judges;

/// <summary>Bands over crashes: the same alerts with a kill, without, and in a backtest.</summary>
public sealed class BandRestartTests
{
    private const int SlotSeconds = 3600;
    private const int HistoryDays = 10;
    private const int LiveSlots = 56;

    // Of the history, of what comes, and of one key; and days of a calendar.
    private const string Spans = """
        spans:
          - { from: 2026-11-18T10:30Z, to: 2026-11-19T02:00Z, text: migration }
          - { from: 2026-11-21T12:00Z, to: 2026-11-22T12:00Z, key: { service: search }, rule: slow, text: load test }
        """;

    private const string Calendars = "calendars:\n  sale:\n    freezes: [2026-11-17, 2026-11-22]";

    [Theory]
    [InlineData(1, "metric: avg(ms)", "calendar: { by: service, of: { pay: sale }, default: none }")]
    [InlineData(2, "metric: count()", "")]
    [InlineData(3, "metric: avg(ms)", "method: stream")]
    [InlineData(4, "metric: sum(ms)", "", true)]
    public async Task Rule_KilledAnywhere_TellsWhatItTellsWithout(int seed, string metric, string more, bool isLate = false)
    {
        var random = new Random(seed);
        HashSet<int> kills = [.. Enumerable.Range(0, 6).Select(_ => random.Next(LiveSlots))];
        (string[] without, string[] tried) = await RunAsync(seed, metric, more, isLate, kills: []);
        (string[] with, _) = await RunAsync(seed, metric, more, isLate, kills);

        Assert.NotEmpty(without);
        Assert.Equal(string.Join('\n', without), string.Join('\n', with));
        Assert.Equal(string.Join('\n', without), string.Join('\n', tried));
    }

    // Two days: several times a new history counts. Some values are out of the ordinary, some rows come late.
    private static async Task<(string[] Live, string[] Tried)> RunAsync(int seed, string metric, string more, bool isLate, HashSet<int> kills)
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("calendars.yaml", Calendars));
        var random = new Random(seed);
        var killing = new Random(seed);
        double start = -HistoryDays * 86_400;
        await bed.AppendAsync("import", [.. Enumerable.Range(0, HistoryDays * 86_400 / SlotSeconds).SelectMany(slot => Rows(start + (slot * SlotSeconds), random, 1))]);
        bed.WriteRule("slow.yaml", $"name: slow\nkind: anomaly\nquery: logs\nby: service\nevery: 1h\nlateness: 5s\nlearn: 20d\nsensitivity: 3\n{metric}\n{more}");
        Assert.True(await bed.Engine.ReloadAsync(), string.Join('\n', bed.Engine.RuleErrors));
        await bed.LearnAsync();
        bed.WriteRule("spans.yaml", Spans);
        Assert.True(await bed.Engine.ReloadAsync(), string.Join('\n', bed.Engine.RuleErrors));
        await bed.LearnAsync();
        int strangeUntil = 0;
        double factor = 1;
        for (int slot = 0; slot < LiveSlots; slot++)
        {
            if (random.Next(8) == 0)
            {
                (strangeUntil, factor) = (slot + random.Next(1, 5), random.Next(2) == 0 ? 4 : 0.2);
            }

            double at = slot * SlotSeconds;
            LogRow[] rows = Rows(at, random, slot < Math.Min(strangeUntil, LiveSlots - 4) ? factor : 1);
            int late = isLate ? rows.Length / 3 : 0;
            await bed.AppendAsync("host", rows[late..]);
            bed.Time.Advance(TimeSpan.FromSeconds(SlotSeconds));
            await bed.Engine.DrainAsync();
            await bed.LearnAsync();
            if (late > 0)
            {
                await bed.AppendAsync("late", rows[..late]);
                await bed.Engine.DrainAsync();
            }

            if (kills.Contains(slot))
            {
                await bed.RestartAsync(withCheckpoint: killing.Next(2) == 0);
                if (killing.Next(2) == 0)
                {
                    await bed.RestartAsync(withCheckpoint: true); // while it learns
                }

                await bed.LearnAsync();
            }
        }

        return (Texts(bed.Alerts), Texts(Backtest(bed)));
    }

    private static IReadOnlyList<AlertView> Backtest(AlertTestBed bed)
    {
        RuleSet set = RuleSet.Load(bed.RulesFolder, new TenantTables(bed.Database, "default"), bed.Time.GetUtcNow().UtcTicks);
        var options = new BacktestOptions { FromTicks = StreamTestBed.Ticks(0), ToTicks = bed.Time.GetUtcNow().UtcTicks };
        return Assert.Single(RuleBacktest.Run(set.Rules, bed.Database, "default", options, bed.Time, CancellationToken.None)).Alerts;
    }

    private static string[] Texts(IEnumerable<AlertView> alerts) =>
    [
        .. alerts.Select(alert => $"{alert.Key.ToJsonString()} {alert.StartedAt} {alert.ResolvedAt} {alert.State} {Rounded(alert)}")
            .Order(StringComparer.Ordinal),
    ];

    // Means of the same values in another order differ in their last digits.
    private static string Rounded(AlertView alert) =>
        string.Join(' ', alert.Values.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value?.GetValue<double>():g9}")));

    private static LogRow[] Rows(double at, Random random, double factor) =>
    [
        .. from service in (string[])["pay", "search"]
           from row in Enumerable.Range(0, (int)(Usual(at) * factor / 10))
           select new LogRow(at + 3500 + row, service, "info", Math.Round(Usual(at) * factor * (1 + ((random.NextDouble() - 0.5) / 10)))),
    ];

    private static double Usual(double seconds) => 100 + (40 * Math.Sin(seconds / 86_400 * 2 * Math.PI));
}
