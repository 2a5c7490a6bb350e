using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert.Alerts;

/// <summary>Many alerts at once are one message, also over a crash at any moment.</summary>
public sealed class StormTests
{
    private const string Condition = """
        query: |
          logs
          | where level == "error"
          | summarize errors = count() by service
          | where errors >= 3
        every: 10s
        window: 10s
        lateness: 2s
        channels: [ops]
        """;

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(30)]
    [InlineData(47)]
    public async Task Keys_ManyAtOnce_AreOneAlertThatIsToldOnce(int crashAt)
    {
        using var receiver = new WebhookReceiver();
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("r.yaml", "name: r\n" + Condition), Channels(receiver));
        for (int second = 0; second < 60; second++)
        {
            if (second == crashAt)
            {
                await bed.RestartAsync(withCheckpoint: false);
            }

            await SecondAsync(bed, second is >= 10 and < 30 ? 12 : second is >= 30 and < 40 ? 2 : 0);
        }

        await bed.SilenceAsync(150);
        AlertView[] alerts = bed.Alerts;
        AlertView storm = Assert.Single(alerts, alert => alert.Kind == "storm");
        AlertView[] members = [.. alerts.Where(alert => alert.Kind == "condition")];
        Assert.Equal(12, members.Length);
        Assert.All(members, member => Assert.Equal((storm.Id, "resolved"), (member.Storm, member.State)));
        Assert.Equal(("r", "resolved", 12, 0), (storm.Rule, storm.State, (int)storm.Values["count"]!, (int)storm.Values["more"]!));
        Assert.Equal(members.Max(member => member.ResolvedAt), storm.ResolvedAt);
        JsonObject[] told = await receiver.WaitAsync(2);
        Assert.Equal(["firing", "resolved"], told.Select(body => (string)body["state"]!));
        Assert.StartsWith("12 keys of r fire at once: service=s0, ", (string)told[0]["text"]!, StringComparison.Ordinal);
        Assert.StartsWith("12 keys of r fired at once, none does any more: ", (string)told[1]["text"]!, StringComparison.Ordinal);
        Assert.Equal(["13"], bed.Query("Alerts | summarize count() by alert_id | count"));
        Assert.Equal(["0"], bed.Query("Alerts | summarize n = count() by alert_id, revision | where n > 1 | count"));
        Assert.Equal(12, bed.Query(storm.Query).Length);
        Assert.DoesNotContain(bed.Notices, notice => notice.StartsWith("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_Few_AreToldAlone()
    {
        using var receiver = new WebhookReceiver();
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("r.yaml", "name: r\n" + Condition), Channels(receiver));
        for (int second = 0; second < 25; second++)
        {
            await SecondAsync(bed, second >= 10 ? 4 : 0);
        }

        Assert.Equal(4, (await receiver.WaitAsync(4)).Length);
        Assert.DoesNotContain(bed.Alerts, alert => alert.Kind == "storm");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(13)]
    [InlineData(30)]
    public async Task Rules_SeveralAtOnce_AreOneAlert(int crashAt)
    {
        using var receiver = new WebhookReceiver();
        string rules = "rules:\n" + string.Concat(Enumerable.Range(0, 6).Select(rule =>
            $"  - name: r{rule}\n" + string.Concat(Condition.Split('\n').Select(line => $"    {line}\n"))));
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("r.yaml", rules), Channels(receiver));
        for (int second = 0; second < 60; second++)
        {
            if (second == crashAt)
            {
                await bed.RestartAsync(withCheckpoint: false);
            }

            await SecondAsync(bed, second is >= 10 and < 30 ? 2 : 0);
        }

        await bed.SilenceAsync(150);
        AlertView storm = Assert.Single(bed.Alerts, alert => alert.Kind == "storm");
        Assert.Equal((StormControl.SeveralRules, "resolved", 6), (storm.Rule, storm.State, (int)storm.Values["count"]!));
        Assert.Equal(12, bed.Alerts.Count(alert => alert.Storm == storm.Id && alert.State == "resolved"));
        Assert.Equal(["firing", "resolved"], (await receiver.WaitAsync(2)).Select(body => (string)body["state"]!));
    }

    [Fact]
    public async Task Rules_StormsSwitchedOff_AreToldOneByOne()
    {
        using var receiver = new WebhookReceiver();
        string rules = "rules:\n" + string.Concat(Enumerable.Range(0, 6).Select(rule =>
            $"  - name: r{rule}\n" + string.Concat(Condition.Split('\n').Select(line => $"    {line}\n"))));
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(options => options with { StormRules = 0 }, ("r.yaml", rules), Channels(receiver));
        for (int second = 0; second < 60; second++)
        {
            await SecondAsync(bed, second is >= 10 and < 30 ? 2 : 0);
        }

        await bed.SilenceAsync(150);
        Assert.All(bed.Alerts, alert => Assert.Equal(("condition", null, "resolved"), (alert.Kind, alert.Storm, alert.State)));
        Assert.Equal(12, bed.Alerts.Length);
        Assert.Equal(24, (await receiver.WaitAsync(24)).Length);
    }

    [Fact]
    public async Task Alert_ThatFires_BringsItsEvidence()
    {
        using var receiver = new WebhookReceiver();
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("r.yaml", "name: r\n" + Condition), Channels(receiver));
        for (int second = 0; second < 15; second++)
        {
            await SecondAsync(bed, second >= 10 ? 1 : 0);
        }

        JsonObject evidence = (await receiver.WaitAsync(1))[0]["alert"]!["evidence"]!.AsObject();
        Assert.Equal("""{"column":"errors","value":3,"comparison":"\u003E=","limit":3}""", evidence["values"]![0]!.ToJsonString());
        Assert.Equal(3, evidence["samples"]!.AsArray().Count);
        Assert.Equal("s0", (string)evidence["samples"]![0]!["service"]!);
        Assert.Equal(["s0"], bed.Query("Alerts | project tostring(evidence.samples[0].service)"));
        Assert.NotNull(Assert.Single(bed.Alerts).Evidence);
    }

    private static async Task SecondAsync(AlertTestBed bed, int services)
    {
        double now = (bed.Time.GetUtcNow().UtcTicks - StreamTestBed.Start.Ticks) / (double)TimeSpan.TicksPerSecond;
        await bed.AppendAsync("host1", [new LogRow(now, "other", "info"), .. Enumerable.Range(0, services).Select(service => new LogRow(now, $"s{service}"))]);
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        await bed.Engine.DrainAsync();
    }

    private static (string, string) Channels(WebhookReceiver receiver) =>
        ("channels.yaml", $"channels:\n  ops:\n    webhook: {receiver.Address}\n");
}
