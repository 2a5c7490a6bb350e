using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert;

public sealed class AlertEngineTests
{
    private const string ErrorsRule = """
        name: errors
        query: |
          logs
          | where level == "error"
          | summarize errors = count(), slowest = max(ms) by service
          | where errors >= 3
        every: 10s
        window: 10s
        lateness: 2s
        severity: 2
        labels:
          team: "{{ service }}-team"
        annotations:
          summary: "{{ errors }} errors in {{ service }}"
        channels: [ops]
        """;

    [Fact]
    public async Task Rule_ConditionHoldsThenSilence_FiresAndResolves()
    {
        using var receiver = new WebhookReceiver();
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule), Channels(receiver));
        for (int second = 0; second < 40; second++)
        {
            await bed.SecondAsync(second is >= 12 and < 26 ? 1 : 0);
        }

        await bed.SilenceAsync(180);

        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal("resolved", alert.State);
        Assert.Equal("""{"service":"pay"}""", alert.Key.ToJsonString());
        Assert.Equal("2026-11-21T00:00:20.0000000Z", alert.StartedAt);
        Assert.Equal("2026-11-21T00:00:40.0000000Z", alert.ResolvedAt);
        Assert.Equal("pay-team", alert.Labels["team"]);
        Assert.Equal("6 errors in pay", alert.Annotations["summary"]);
        Assert.Equal(6, (long)alert.Values["errors"]!);
        Assert.Equal(6, bed.Query(alert.Query).Length);
        Assert.Equal(["firing 1", "resolved 2"], bed.Query("Alerts | sort by revision asc | project state, revision"));
        Assert.Equal(["pay 3"], bed.Query("Alerts | where state == 'firing' | project key.service, values.errors"));

        JsonObject[] told = await receiver.WaitAsync(2);
        Assert.Equal(["firing", "resolved"], told.Select(body => (string)body["state"]!));
        Assert.Equal("3 errors in pay", (string)told[0]["text"]!); // at once, with the third
        Assert.Equal("errors (service=pay)", (string)told[0]["title"]!);
        Assert.Empty(bed.Engine.RuleErrors);
        Assert.Equal("nodata", Assert.Single(bed.Engine.Rules).State);
        Assert.DoesNotContain(bed.Notices, notice => notice.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rule_TableFallsSilentWhileFiring_Resolves()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule.Replace("channels: [ops]", "")));
        for (int second = 0; second < 25; second++)
        {
            await bed.SecondAsync(1);
        }

        Assert.Equal("firing", Assert.Single(bed.Alerts).State);
        Assert.Equal("firing", Assert.Single(bed.Engine.Rules).State);
        await bed.SilenceAsync(130);
        Assert.Equal("resolved", Assert.Single(bed.Alerts).State);
        Assert.Equal("nodata", Assert.Single(bed.Engine.Rules).State);
    }

    [Fact]
    public async Task Import_OldRows_PagesNobody()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule.Replace("channels: [ops]", "")));
        for (int second = 0; second < 15; second++)
        {
            await bed.SecondAsync(0);
        }

        for (int batch = 0; batch < 20; batch++)
        {
            await bed.AppendAsync("import", [.. Enumerable.Range(0, 500).Select(row => new LogRow(-864_000 + (batch * 500) + row))]);
        }

        await bed.Engine.DrainAsync();
        await bed.SilenceAsync(200);

        Assert.Empty(bed.Alerts);
        Assert.Equal(10_000, Assert.Single(bed.Engine.Rules).RowsBackfill);
    }

    [Fact]
    public async Task LateRows_ChangeAToldResult_ReviseWithoutSecondPage()
    {
        using var receiver = new WebhookReceiver();
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule), Channels(receiver));
        for (int second = 0; second < 23; second++)
        {
            await bed.SecondAsync(second is >= 10 and < 15 ? 1 : 0);
        }

        AlertView before = Assert.Single(bed.Alerts);
        Assert.Equal("firing", before.State);
        await bed.AppendAsync("late", new LogRow(12), new LogRow(13), new LogRow(-5));
        await bed.Engine.DrainAsync();

        AlertView after = Assert.Single(bed.Alerts);
        Assert.Equal(before.Id, after.Id);
        Assert.True(after.Revision > before.Revision);
        Assert.True(after.Corrected);
        Assert.Equal(7, (long)after.Values["errors"]!);
        await bed.SilenceAsync(150);
        JsonObject[] told = await receiver.WaitAsync(2);
        Assert.Equal(["firing", "resolved"], told.Select(body => (string)body["state"]!));
        Assert.Equal(1, Assert.Single(bed.Engine.Rules).WindowsCorrected);
        Assert.Equal(3, Assert.Single(bed.Engine.Rules).RowsLate);
    }

    [Fact]
    public async Task LateRows_MakeAPastWindowHold_TellItOnceAndOver()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule.Replace("channels: [ops]", "")));
        for (int second = 0; second < 60; second++)
        {
            await bed.SecondAsync(0);
        }

        Assert.Empty(bed.Alerts);
        await bed.AppendAsync("late", new LogRow(12), new LogRow(13), new LogRow(14), new LogRow(15));
        await bed.Engine.DrainAsync();

        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal("resolved", alert.State);
        Assert.Equal("2026-11-21T00:00:20.0000000Z", alert.StartedAt);
        Assert.Equal("2026-11-21T00:00:30.0000000Z", alert.ResolvedAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart_InTheMiddle_ChangesNothingAndTellsNothingTwice(bool withCheckpoint)
    {
        AlertView[] expected = await RunAsync([]);
        Assert.Equal(3, expected.Length);
        int[][] restarts = withCheckpoint ? [[8, 21, 33, 44]] : [[3], [16, 17], [17, 18, 19], [21, 22], [27, 28, 29, 30], [30], [32, 41], [38], [52]];
        foreach (int[] at in restarts)
        {
            AlertView[] alerts = await RunAsync(at);
            Assert.Equal(expected.Select(Show), alerts.Select(Show));
        }

        static string Show(AlertView alert) =>
            $"{alert.Id} {alert.Key.ToJsonString()} {alert.State} {alert.Revision} {alert.Corrected} {alert.StartedAt} {alert.ResolvedAt} {alert.Values.ToJsonString()}";

        async Task<AlertView[]> RunAsync(int[] restartAt)
        {
            using var receiver = new WebhookReceiver();
            await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule), Channels(receiver));
            for (int second = 0; second < 60; second++)
            {
                if (restartAt.Contains(second))
                {
                    await bed.RestartAsync(withCheckpoint);
                }

                await bed.SecondAsync(second is (>= 10 and < 15) or (>= 34 and < 48) ? 1 : 0);
                await bed.SecondAsync(second is >= 20 and < 40 ? 1 : 0, "search");
            }

            await bed.SilenceAsync(200);
            await receiver.WaitAsync(6);
            string?[] keys = [.. receiver.Requests.Select(request => request.Key)];
            Assert.Equal(keys.Distinct(), keys);
            Assert.Equal(6, keys.Length);
            Assert.Equal(["6"], bed.Query("Alerts | summarize n = count() by alert_id, state | count"));
            Assert.DoesNotContain(bed.Notices, notice => notice.StartsWith("error", StringComparison.Ordinal));
            return bed.Alerts;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Alerts_DisorderedRows_CoverTheWindowsABatchQueryNames(int seed)
    {
        string rule = ErrorsRule.Replace("channels: [ops]", "").Replace("window: 10s", "window: 20s");
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", rule));
        var random = new Random(seed);
        for (int second = 0; second < 150; second++)
        {
            await bed.SecondAsync(0);
            if (random.Next(4) == 0)
            {
                string service = random.Next(2) == 0 ? "pay" : "care";
                int count = random.Next(4);
                await bed.AppendAsync(
                    "host" + random.Next(3),
                    [.. Enumerable.Range(0, count).Select(_ => new LogRow(second - (random.NextDouble() * (random.Next(3) == 0 ? 100 : 8)), service))]);
            }
        }

        await bed.SilenceAsync(200);
        string[] told = [.. bed.Alerts.SelectMany(Windows).Order()];
        var expected = new List<string>();
        for (long end = StreamTestBed.Ticks(-200); end < StreamTestBed.Ticks(300); end += 10 * TimeSpan.TicksPerSecond)
        {
            string from = Bongsu.Core.Text.ScalarText.FormatDateTime(end - (20 * TimeSpan.TicksPerSecond));
            string to = Bongsu.Core.Text.ScalarText.FormatDateTime(end);
            string[] keys = bed.Query(
                $"logs | where timestamp >= datetime({from}) and timestamp < datetime({to}) and level == 'error' | summarize n = count() by service | where n >= 3 | project service");
            expected.AddRange(keys.Select(key => $"{key} {end}"));
        }

        Assert.NotEmpty(told);
        Assert.Equal(expected.Order(), told);

        static IEnumerable<string> Windows(AlertView alert)
        {
            Assert.Equal("resolved", alert.State);
            long end = DateTime.Parse(alert.StartedAt, null, System.Globalization.DateTimeStyles.RoundtripKind).Ticks;
            long over = DateTime.Parse(alert.ResolvedAt!, null, System.Globalization.DateTimeStyles.RoundtripKind).Ticks;
            for (; end < over; end += 10 * TimeSpan.TicksPerSecond)
            {
                yield return $"{alert.Key["service"]} {end}";
            }
        }
    }

    [Fact]
    public async Task NoData_PolicyAlert_IsAnAlertOfItsOwn()
    {
        string rule = ErrorsRule.Replace("channels: [ops]", "no_data: alert");
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", rule));
        for (int second = 0; second < 15; second++)
        {
            await bed.SecondAsync(0);
        }

        await bed.SilenceAsync(150);
        AlertView silent = Assert.Single(bed.Alerts);
        Assert.Equal(("no_data", "firing"), (silent.Kind, silent.State));
        Assert.Contains("no data: table logs", silent.Annotations["summary"], StringComparison.Ordinal);
        for (int second = 0; second < 90; second++)
        {
            await bed.SecondAsync(0);
        }

        AlertView over = Assert.Single(bed.Alerts);
        Assert.Equal("resolved", over.State);
        Assert.StartsWith("table logs has rows again; there were none from 2026-11-21T00:0", over.Annotations["summary"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_SpanOfARuleThatIsGone_IsShownAndTheRestGoesOn()
    {
        const string Band = "name: slow\nkind: anomaly\nquery: logs\nby: service\nevery: 5m\nlearn: 10d\n";
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(
            ("slow.yaml", Band),
            ("spans.yaml", "spans:\n  - { from: 2026-11-20T22:00Z, to: 2026-11-21T02:00Z, rule: [slow, gone], text: load test }"));
        Assert.Empty(bed.Engine.RuleErrors);
        Assert.Equal(("spans.yaml", 2), (Assert.Single(bed.Engine.RuleWarnings).File, bed.Engine.RuleWarnings[0].Line));

        bed.DeleteRule("slow.yaml");
        bed.WriteRule("errors.yaml", ErrorsRule.Replace("channels: [ops]", ""));
        Assert.True(await bed.Engine.ReloadAsync());
        Assert.Equal(["errors"], bed.Engine.Rules.Select(rule => rule.Name));
        Assert.Equal(2, bed.Engine.RuleWarnings.Count);

        bed.DeleteRule("spans.yaml");
        Assert.True(await bed.Engine.ReloadAsync());
        Assert.Empty(bed.Engine.RuleWarnings);
    }

    [Fact]
    public async Task Restart_OneFileIsWrong_RunsTheOthersAndLosesNoMessage()
    {
        using var receiver = new WebhookReceiver();
        (string File, string Text) channels = Channels(receiver);
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule), channels);
        await bed.SecondAsync(errors: 0);
        bed.WriteRule("channels.yaml", "channels:\n  ops:\n    webhok: nowhere\n");
        bed.WriteRule("broken.yaml", "name: broken\nquey: logs | where level == 'fatal'\n");
        await bed.RestartAsync(withCheckpoint: true);
        Assert.Equal(["broken.yaml", "channels.yaml"], bed.Engine.RuleErrors.Select(error => error.File).Distinct().Order());
        Assert.Equal(["errors"], bed.Engine.Rules.Select(rule => rule.Name));
        for (int second = 0; second < 15; second++)
        {
            await bed.SecondAsync(errors: second < 10 ? 1 : 0);
        }

        await bed.SilenceAsync(90);
        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal("resolved", alert.State);
        Assert.Equal(2, bed.Engine.PendingNotifications);
        bed.WriteRule("channels.yaml", channels.Text);
        bed.DeleteRule("broken.yaml");
        Assert.True(await bed.Engine.ReloadAsync());
        await receiver.WaitAsync(2);
        Assert.Equal(["firing", "resolved"], receiver.Requests.Select(request => (string)request.Body["state"]!));
    }

    [Fact]
    public async Task Reload_OneFileIsWrong_KeepsAllRulesAndNamesThePlace()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule.Replace("channels: [ops]", "")));
        bed.WriteRule("second.yaml", "name: second\nquery: logs | where level == 'fatal'\n");
        Assert.True(await bed.Engine.ReloadAsync());
        Assert.Equal(["errors", "second"], bed.Engine.Rules.Select(rule => rule.Name));

        bed.WriteRule("third.yaml", "name: third\nquery: |\n  logs\n  | wher level == 'fatal'\n");
        bed.DeleteRule("second.yaml");
        Assert.False(await bed.Engine.ReloadAsync());
        Assert.Equal(["errors", "second"], bed.Engine.Rules.Select(rule => rule.Name));
        Bongsu.Alert.Rules.RuleError error = Assert.Single(bed.Engine.RuleErrors);
        Assert.Equal(("third.yaml", 4, 5), (error.File, error.Line, error.Column));
        Assert.Equal("where", error.Suggestion);

        bed.DeleteRule("third.yaml");
        Assert.True(await bed.Engine.ReloadAsync());
        Assert.Equal(["errors"], bed.Engine.Rules.Select(rule => rule.Name));
        Assert.Empty(bed.Engine.RuleErrors);
    }

    [Fact]
    public async Task Reload_WhileFiring_GoesOnWithTheSameAlertAndEndsThoseOfRemovedRules()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule.Replace("channels: [ops]", "")));
        for (int second = 0; second < 25; second++)
        {
            await bed.SecondAsync(1);
        }

        AlertView before = Assert.Single(bed.Alerts);
        bed.WriteRule("errors.yaml", ErrorsRule.Replace("channels: [ops]", "").Replace("errors >= 3", "errors >= 4"));
        Assert.True(await bed.Engine.ReloadAsync());
        for (int second = 0; second < 25; second++)
        {
            await bed.SecondAsync(1);
        }

        AlertView after = Assert.Single(bed.Alerts);
        Assert.Equal((before.Id, "firing"), (after.Id, after.State));
        bed.DeleteRule("errors.yaml");
        Assert.True(await bed.Engine.ReloadAsync());
        AlertView removed = Assert.Single(bed.Alerts);
        Assert.Equal("resolved", removed.State);
        Assert.Equal("the rule was removed", removed.Annotations["resolution"]);
    }

    [Fact]
    public async Task Rule_AddedLater_KnowsTheRowsItsFirstWindowNeeds()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", ErrorsRule.Replace("channels: [ops]", "")));
        for (int second = 0; second < 55; second++)
        {
            await bed.SecondAsync(second < 50 ? 1 : 0);
        }

        bed.WriteRule("long.yaml", """
            name: long
            query: logs | where level == "error" | summarize n = count() by service | where n >= 45
            every: 10s
            window: 1m
            lateness: 0s
            """);
        Assert.True(await bed.Engine.ReloadAsync());
        for (int second = 0; second < 10; second++)
        {
            await bed.SecondAsync(0);
        }

        AlertView alert = Assert.Single(bed.Alerts, alert => alert.Rule == "long");
        Assert.Equal(50, (long)alert.Values["n"]!);
    }

    private static (string, string) Channels(WebhookReceiver receiver) =>
        ("channels.yaml", $"channels:\n  ops:\n    webhook: {receiver.Address}\n    headers:\n      Authorization: Bearer abc\n");
}
