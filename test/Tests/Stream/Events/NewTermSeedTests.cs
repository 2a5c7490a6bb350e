using Bongsu.Stream;
using Bongsu.Stream.Events;
using Bongsu.Stream.History;

namespace Bongsu.Tests.Stream.Events;

public sealed class NewTermSeedTests
{
    [Fact]
    public async Task Results_TermsStoredLongBefore_AreNotNew()
    {
        await using var bed = new StreamTestBed();
        const double Day = 86_400;
        bed.Time.Advance(TimeSpan.FromDays(40));
        double now = 40 * Day;
        bed.Append("import", new LogRow(now - (20 * Day), "pay", "error"), new LogRow(now - (35 * Day), "pay", "fatal"));
        bed.Append("import", new LogRow(now - (3 * Day), "search", "error"));
        bed.Time.Advance(TimeSpan.FromSeconds(60));
        var consumer = new RecordingConsumer();
        var query = new ContinuousQuery("q", "logs | where ms > 0", StreamTestBed.Windows(60, 60, 0), consumer, bed.Options)
        {
            Events = new NewTermSpec([["level"]], TimeSpan.FromDays(30)) { By = ["service"] },
        };
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        now += 60;
        bed.Append(
            "live", new LogRow(now, "pay", "error"), new LogRow(now, "pay", "fatal"), new LogRow(now, "search", "error"), new LogRow(now, "care", "info"));

        Assert.True(query.NeedsSeed);
        bed.Pass(600, stepSeconds: 30);
        Assert.Empty(consumer.Results);

        Seeds.Answer(query, bed.Tables, query.NeededFromTicks, CancellationToken.None);
        bed.Pass(60);
        Assert.False(query.NeedsSeed);
        Assert.Equal(
            ["care level info 2026-12-31T00:01:00.0000000Z", "pay level fatal 2026-12-31T00:01:00.0000000Z"],
            consumer.Results.Values.SelectMany(lines => lines));
    }

    [Fact]
    public async Task Poll_LookBackLong_TellsOnceAnswered()
    {
        await using var bed = new StreamTestBed();
        var seeds = new Seeds(bed.Tables, CancellationToken.None);
        var query = new ContinuousQuery("q", "logs", StreamTestBed.Windows(60, 60, 0), new RecordingConsumer(), bed.Options)
        {
            Events = new NewTermSpec([["level"], ["service", "level"]], TimeSpan.FromDays(30)),
        };
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        bed.Append("live", new LogRow(0));
        seeds.Poll([query], bed.NowTicks);
        Assert.True(query.Statistics.IsPending);
        Assert.Equal("reading what was seen in the 30.00:00:00 before", query.Statistics.Error);
        await seeds.StopAsync();
        seeds.Poll([query], bed.NowTicks);
        Assert.False(query.NeedsSeed);
        Assert.Null(query.Statistics.Error);
    }
}
