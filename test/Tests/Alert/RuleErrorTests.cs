using Bongsu.Alert.Alerts;
using Bongsu.Alert.Rules;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert;

/// <summary>A rule whose query fails while it runs: its state says so, and by its policy an alert, told once and resolved once.</summary>
public sealed class RuleErrorTests
{
    private const string More = "every: 10s\nlateness: 2s\nerror: alert\nchannels: [ops]\n";
    private const string Fails = "name: slow\nquery: logs | summarize m = max(ms * 1ms) by service | where m > 1h\n" + More;
    private const string Works = "name: slow\nquery: logs | summarize m = max(todouble(ms) * 1ms) by service | where m > 1h\n" + More;

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Columns_OfAnotherType_AreToldOnceUntilTheRuleIsMended(bool restarts, bool? withCheckpoint)
    {
        using var receiver = new WebhookReceiver();
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("slow.yaml", Fails), ("channels.yaml", $"channels:\n  ops:\n    webhook: {receiver.Address}\n"));
        await SecondsAsync(bed, 20);
        Assert.Equal("ok", Rule(bed).State);

        await AppendTextAsync(bed); // the column holds numbers and texts now
        await SecondsAsync(bed, 30);
        Assert.Equal("error", Rule(bed).State);
        Assert.Contains("* is not defined for dynamic and timespan", Rule(bed).Error, StringComparison.Ordinal);
        await receiver.WaitAsync(1);
        if (restarts)
        {
            await bed.RestartAsync(withCheckpoint!.Value);
            await SecondsAsync(bed, 30);
            Assert.Equal("error", Rule(bed).State);
        }

        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal(("error", "firing"), (alert.Kind, alert.State));

        bed.WriteRule("other.yaml", "name: other\nquery: logs | where level == 'fatal'\n");
        Assert.True(await bed.Engine.ReloadAsync()); // other changes are taken meanwhile
        Assert.Equal("slow.yaml", Assert.Single(bed.Engine.RuleWarnings).File);
        bed.DeleteRule("other.yaml");
        bed.WriteRule("slow.yaml", Works);
        Assert.True(await bed.Engine.ReloadAsync());
        await SecondsAsync(bed, 30);
        Assert.Equal("ok", Rule(bed).State);
        Assert.Equal(("error", "resolved"), (Assert.Single(bed.Alerts).Kind, bed.Alerts[0].State));
        await receiver.WaitAsync(2);
        Assert.Equal(["firing", "resolved"], receiver.Requests.Select(request => (string)request.Body["state"]!));
    }

    [Fact]
    public async Task Memory_TooLittle_IsToldAndResolvedOnceThereIsEnough()
    {
        const string Greedy = "name: greedy\nquery: logs | summarize m = make_set(ms) by service | where array_length(m) > 100000\nevery: 10s\nlateness: 2s\nerror: alert\n";
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(
            options => options with { Stream = options.Stream with { StateBudgetBytes = 100_000 } }, ("greedy.yaml", Greedy));
        await SecondsAsync(bed, 20);
        for (int batch = 0; batch < 3; batch++)
        {
            double now = Now(bed);
            await bed.AppendAsync("host", [.. Enumerable.Range(0, 10_000).Select(row => new LogRow(now, "pay", "info", row))]);
            await SecondsAsync(bed, 3);
        }

        await SecondsAsync(bed, 60);
        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal(("error", "resolved"), (alert.Kind, alert.State));
        Assert.Contains("the state of all rules is larger", alert.Annotations["summary"], StringComparison.Ordinal);
        Assert.Equal(["firing", "resolved"], bed.Query("Alerts | distinct state | sort by state asc"));
        Assert.Equal("ok", Rule(bed).State);
    }

    private static async Task SecondsAsync(AlertTestBed bed, int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            await bed.AppendAsync("host", new LogRow(Now(bed), "pay", "info", 10 + second));
            bed.Time.Advance(TimeSpan.FromSeconds(1));
            await bed.Engine.DrainAsync();
        }
    }

    private static async Task AppendTextAsync(AlertTestBed bed)
    {
        var timestamps = new FixedVectorBuilder<long>(ScalarType.DateTime);
        timestamps.Append(StreamTestBed.Ticks(Now(bed)));
        var texts = new StringVectorBuilder();
        texts.Append("fast");
        var batch = new Batch(new Schema([new Column("timestamp", ScalarType.DateTime), new Column("ms", ScalarType.String)]), [timestamps.Build(), texts.Build()], 1);
        await bed.Database.GetOrCreateTable("default", "logs").AppendAsync(batch, new AppendOptions { SourceId = "host" }, CancellationToken.None);
    }

    private static RuleView Rule(AlertTestBed bed) => Assert.Single(bed.Engine.Rules);

    private static double Now(AlertTestBed bed) => (bed.Time.GetUtcNow().UtcTicks - StreamTestBed.Start.Ticks) / (double)TimeSpan.TicksPerSecond;
}
