using System.Text.Json.Nodes;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert;

public sealed class ChannelTests
{
    private const string Rule = """
        name: fatal
        query: |
          logs | where level == "fatal" | summarize n = count() by service
        every: 10s
        lateness: 1s
        severity: 1
        annotations:
          summary: "{{ n }} <fatal> & more in {{ service }}"
        channels: [ops]
        """;

    [Fact]
    public async Task Send_ServerErrors_AreRetriedInOrder()
    {
        using var receiver = new WebhookReceiver();
        receiver.Answers.Enqueue((503, null));
        receiver.Answers.Enqueue((500, null));
        await using AlertTestBed bed = await FireAndResolveAsync(receiver, "webhook");

        JsonObject[] bodies = await receiver.WaitAsync(4);
        Assert.Equal(["firing", "firing", "firing", "resolved"], bodies.Select(body => (string)body["state"]!));
        Assert.All(receiver.Requests, request => Assert.Equal("Bearer s3cret", request.Authorization));
        Assert.Single(receiver.Requests.Take(3).Select(request => request.Key).Distinct());
        await UntilNothingIsPendingAsync(bed);
    }

    [Fact]
    public async Task Send_TooManyRequests_WaitsAsAsked()
    {
        using var receiver = new WebhookReceiver();
        receiver.Answers.Enqueue((429, "1"));
        await using AlertTestBed bed = await FireAndResolveAsync(receiver, "webhook");

        await receiver.WaitAsync(3);
        long[] times = [.. receiver.Requests.Select(request => request.Ticks)];
        Assert.True(times[1] - times[0] >= 950, $"came again after {times[1] - times[0]} ms");
    }

    [Fact]
    public async Task Send_Refused_IsNotRetriedAndSaysSoWithoutTheAddress()
    {
        using var receiver = new WebhookReceiver();
        receiver.Answers.Enqueue((400, null));
        await using AlertTestBed bed = await FireAndResolveAsync(receiver, "webhook");

        JsonObject[] bodies = await receiver.WaitAsync(2);
        Assert.Equal(["firing", "resolved"], bodies.Select(body => (string)body["state"]!));
        await UntilNothingIsPendingAsync(bed);
        string notice = Assert.Single(bed.Notices, notice => notice.Contains("refused", StringComparison.Ordinal));
        Assert.Contains("answered 400", notice, StringComparison.Ordinal);
        Assert.DoesNotContain(bed.Notices, text => text.Contains(receiver.Address, StringComparison.Ordinal));
        Assert.DoesNotContain(bed.Notices, text => text.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_ReceiverAwayOverARestart_IsToldLaterOnce()
    {
        var receiver = new WebhookReceiver();
        string address = receiver.Address;
        receiver.Dispose();
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("fatal.yaml", Rule), Channels(address, "webhook"));
        await FireAndResolveAsync(bed);
        Assert.Equal(2, bed.Engine.PendingNotifications);

        using var back = new WebhookReceiver();
        bed.WriteRule("channels.yaml", Channels(back.Address, "webhook").Text);
        await bed.RestartAsync(withCheckpoint: false);
        JsonObject[] bodies = await back.WaitAsync(2);
        Assert.Equal(["firing", "resolved"], bodies.Select(body => (string)body["state"]!));
        await UntilNothingIsPendingAsync(bed);
        await bed.RestartAsync(withCheckpoint: true);
        Assert.Equal(0, bed.Engine.PendingNotifications);
        Assert.Equal(2, back.Requests.Count);
    }

    [Fact]
    public async Task Slack_FiringAndResolved_HaveColourFieldsAndEscapedText()
    {
        using var receiver = new WebhookReceiver();
        await using AlertTestBed bed = await FireAndResolveAsync(receiver, "slack");

        JsonObject[] bodies = await receiver.WaitAsync(2);
        Assert.Contains("FIRING S1 fatal (service=pay)", (string)bodies[0]["text"]!, StringComparison.Ordinal);
        JsonNode attachment = bodies[0]["attachments"]![0]!;
        Assert.Equal("#b50909", (string)attachment["color"]!);
        Assert.Contains("2 &lt;fatal&gt; &amp; more in pay", (string)attachment["blocks"]![0]!["text"]!["text"]!, StringComparison.Ordinal);
        Assert.Contains("/alerts?id=", attachment["blocks"]![2]!["elements"]![0]!["text"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("#2e8540", (string)bodies[1]["attachments"]![0]!["color"]!);
    }

    private static async Task<AlertTestBed> FireAndResolveAsync(WebhookReceiver receiver, string kind)
    {
        AlertTestBed bed = await AlertTestBed.CreateAsync(("fatal.yaml", Rule), Channels(receiver.Address, kind));
        await FireAndResolveAsync(bed);
        return bed;
    }

    private static async Task FireAndResolveAsync(AlertTestBed bed)
    {
        await bed.AppendAsync("host1", new LogRow(1, "pay", "fatal"), new LogRow(2, "pay", "fatal"));
        for (int second = 0; second < 25; second++)
        {
            await bed.SecondAsync(0);
        }

        Assert.Equal("resolved", Assert.Single(bed.Alerts).State);
    }

    private static (string File, string Text) Channels(string address, string kind) =>
        ("channels.yaml", $"channels:\n  ops:\n    {kind}: {address}\n    headers: {{ Authorization: Bearer s3cret }}\n    timeout: 5s\n");

    private static async Task UntilNothingIsPendingAsync(AlertTestBed bed)
    {
        long deadline = Environment.TickCount64 + 10_000;
        while (bed.Engine.PendingNotifications > 0 && Environment.TickCount64 < deadline)
        {
            await Task.Delay(10);
        }

        Assert.Equal(0, bed.Engine.PendingNotifications);
    }
}
