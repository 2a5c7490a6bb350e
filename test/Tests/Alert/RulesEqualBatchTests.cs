using Bongsu.Alert.Alerts;
using Bongsu.Alert.Rules;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert;

/// <summary>
/// Every kind of rule, over rows in disorder, late, twice, silent and backfilled, while everything is stopped and killed at
/// any moment: what is told equals what the definition says of all rows at once, each alert once.
/// </summary>
public sealed class RulesEqualBatchTests
{
    internal static readonly (string Name, string Text)[] Kinds =
    [
        ("query", "query: logs | where level == \"error\" | summarize n = count() by service | where n >= 3\nwindow: 20s"),
        ("any", "kind: any\nquery: logs | where level == \"error\"\nby: service"),
        ("blacklist", "kind: blacklist\nquery: logs\nfield: level\nvalues: [fatal]\nby: service"),
        ("whitelist", "kind: whitelist\nquery: logs\nfield: level\nvalues: [info, warn, error]\nignore_null: true\nby: service"),
        ("cardinality", "kind: cardinality\nquery: logs\nfield: level\nmin: 2\nmax: 3\nwithin: 20s\nby: service"),
        ("metric_aggregation", "kind: metric_aggregation\nquery: logs\nmetric: avg(ms)\nmax: 60\nmin_rows: 2\nwithin: 30s\nby: service"),
        ("percentage_match", "kind: percentage_match\nquery: logs\nmatch: level == \"error\"\nmax: 50\nmin_rows: 3\nwithin: 20s\nby: service"),
        ("spike up", "kind: spike\nquery: logs\nheight: 2\nwithin: 20s\nby: service"),
        ("spike both", "kind: spike\nquery: logs | where level == \"error\"\nheight: 3\ndirection: both\nmin_current: 1\nwithin: 40s\nby: service"),
        ("spike new", "kind: spike\nquery: logs | where level == \"error\"\nheight: 3\nnew_keys: true\nwithin: 20s\nby: service"),
        ("spike_aggregation", "kind: spike_aggregation\nquery: logs\nmetric: avg(ms)\nheight: 1.5\nwithin: 20s\nby: service"),
        ("pattern_rate max", "kind: pattern_rate\nquery: logs\nfield: level\nmax: 3\nwithin: 20s\nby: service"),
        ("pattern_rate height", "kind: pattern_rate\nquery: logs\nfield: level\nheight: 2\nmin_current: 2\nwithin: 20s\nby: service"),
        ("pattern_rate message", "kind: pattern_rate\nquery: logs\nmax: 3\nwithin: 20s\nby: service"),
        ("frequency", "kind: frequency\nquery: logs\ncount: 5\nwithin: 15s\nby: service"),
        ("flatline", "kind: flatline\nquery: logs | where level == \"error\"\nbelow: 1\nwithin: 30s\nby: service"),
        ("flatline whole", "kind: flatline\nquery: logs\nbelow: 6\nwithin: 30s"),
        ("flatline forget", "kind: flatline\nquery: logs | where level == \"error\"\nbelow: 1\nwithin: 20s\nforget_keys: true\nby: service"),
        ("change", "kind: change\nquery: logs\nfields: level\nby: service"),
        ("new_term", "kind: new_term\nquery: logs\nfields: level\nlook_back: 60s\nby: service"),
        ("new_pattern", "kind: new_pattern\nquery: logs\nfield: level\nlook_back: 60s\nby: service"),
        ("new_pattern message", "kind: new_pattern\nquery: logs\nlook_back: 60s\nby: service"),
        ("sequence", "kind: sequence\nquery: logs\nsteps: [{where: level == 'warn'}, {where: level == 'error', count: 2}]\nwithin: 15s\nby: service"),
        ("sequence absent", "kind: sequence\nquery: logs\nsteps: [{where: level == 'error'}, {where: level == 'fatal', absent: true}]\nwithin: 15s\nby: service"),
        ("job", "kind: job\nquery: logs\nstart: level == 'warn'\nend: level == 'fatal'\nschedule: '*/2 * * * *'\ngrace: 10s\nshortest: 2s\nlongest: 30s\nby: service"),
        ("anomaly", "kind: anomaly\nquery: logs\nmetric: avg(ms)\nby: service\nlearn: 2d\nevery: 1m\nlateness: 12s"),
        ("anomaly count", "kind: anomaly\nquery: logs\nmetric: count()\nby: service\nlearn: 2d\nevery: 1m\nlateness: 12s"),
        ("anomaly stream", "kind: anomaly\nquery: logs\nmetric: avg(ms)\nmethod: stream\nby: service\nlearn: 2d\nevery: 1m\nlateness: 12s"),
    ];

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        int seeds = int.Parse(Environment.GetEnvironmentVariable("BONGSU_SEEDS") ?? "2", System.Globalization.CultureInfo.InvariantCulture);
        foreach ((string name, _) in Kinds)
        {
            for (int seed = 1; seed <= seeds; seed++)
            {
                cases.Add(name, seed);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Told_AnyOrderAndAnyRestart_EqualsBatch(string name, int seed)
    {
        using var receiver = new WebhookReceiver();
        string kind = Kinds.First(rule => rule.Name == name).Text;

        // Where late rows take a window out of the middle of an alert, it is not cut in two; in every second seed none is late.
        // What is scored one by one is not scored again.
        bool isInTime = seed % 2 == 0 || kind.Contains("method: stream", StringComparison.Ordinal);
        bool hasBands = kind.Contains("kind: anomaly", StringComparison.Ordinal);
        string text = $"name: rule\n{kind}\n{(hasBands ? "" : "every: 10s\nlateness: 2s\n")}storm_share: 100%\nchannels: [ops]\n";
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(
            ("rule.yaml", text), ("channels.yaml", $"channels:\n  ops:\n    webhook: {receiver.Address}\n"));
        var input = new DisorderedRows(bed, new Random((seed * 100) + name.Length), isInTime, hasBands);
        await input.DriveAsync();
        Assert.DoesNotContain(bed.Notices, notice => notice.StartsWith("error", StringComparison.Ordinal));
        Assert.Equal(0, Assert.Single(bed.Engine.Rules).RowsLateDropped);

        Rule rule = RuleSet.Parse("rule.yaml", text, new Bongsu.Query.Execution.TenantTables(bed.Database, "default"), 0, RuleSet.Empty).Rules[0];
        var reference = new RuleReference(rule, input.Rows, input.BeginTicks);
        AlertView[] alerts = [.. bed.Alerts.Where(alert => alert.StartedAt != alert.ResolvedAt)];
        var told = alerts.ToLookup(alert => string.Join(' ', alert.Key.Select(pair => LevelOf(pair.Value!.ToString()))));
        var wrong = new List<string>();
        long last = rule.Windows.EndAtOrBefore(bed.Time.GetUtcNow().UtcTicks) - TimeSpan.TicksPerMinute - (5 * rule.Windows.EveryTicks);
        int firing = 0;
        int unclear = 0;
        for (long end = rule.Windows.EndAtOrBefore(StreamTestBed.Ticks(-400)); end <= last; end += rule.Windows.EveryTicks)
        {
            HashSet<string> expected = [.. reference.Firing(end)];
            firing += expected.Count;
            foreach (string key in expected.Union(told.Select(alert => alert.Key)))
            {
                if (!isInTime && reference.IsUnclear(key, end))
                {
                    unclear++;
                    continue;
                }

                AlertView[] covering = [.. told[key].Where(alert => Ticks(alert.StartedAt!) <= end && (alert.ResolvedAt is null || end < Ticks(alert.ResolvedAt)))];
                bool isEdge = covering.Any(alert => Ticks(alert.StartedAt!) == end || (alert.ResolvedAt is not null && Ticks(alert.ResolvedAt) == end + rule.Windows.EveryTicks));
                if (expected.Contains(key) ? covering.Length != 1 : covering.Length > 0 && (isEdge || isInTime))
                {
                    wrong.Add($"{(end - StreamTestBed.Start.Ticks) / TimeSpan.TicksPerSecond} s, {key}: expected {expected.Contains(key)}, told {covering.Length}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(firing > 4 * unclear, $"{firing} firing, {unclear} unclear");
        await AssertToldOnceAsync(bed, receiver);
    }

    private static async Task AssertToldOnceAsync(AlertTestBed bed, WebhookReceiver receiver)
    {
        for (int wait = 0; wait < 500 && bed.Engine.PendingNotifications > 0; wait++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(0, bed.Engine.PendingNotifications);
        string[] told = [.. receiver.Requests.Select(request => $"{request.Body["alert"]!["id"]} {request.Body["state"]}")];
        Assert.Equal(told.Distinct().Order(), told.Order());
        Assert.All(bed.Alerts, alert => Assert.Contains($"{alert.Id} firing", told));
        Assert.All(bed.Alerts.Where(alert => alert.ResolvedAt is not null), alert => Assert.Contains($"{alert.Id} resolved", told));
        Assert.Equal(bed.Alerts.Length + bed.Alerts.Count(alert => alert.ResolvedAt is not null), told.Length);
    }

    // A pattern's text as its level.
    private static string LevelOf(string value) =>
        DisorderedRows.Messages.FirstOrDefault(pair => value.Length > 10 && pair.Value[..10] == value[..10]).Key ?? value;

    private static long Ticks(string text) => DateTime.Parse(text, null, System.Globalization.DateTimeStyles.RoundtripKind).Ticks;
}
