using Bongsu.Stream;
using Bongsu.Stream.Clocks;
using Bongsu.Stream.Windows;

namespace Bongsu.Tests.Stream;

public sealed class TableClockTests
{
    [Fact]
    public void Advance_TwoSources_TimeIsTheSlowerOnesUntilItIsIdle()
    {
        TableClock clock = NewClock(startSeconds: 0);
        clock.Observe("fast", Seconds(100), Seconds(100));
        clock.Observe("slow", Seconds(40), Seconds(100));
        Assert.Equal(Seconds(40), clock.Advance(Seconds(100)));
        clock.Observe("fast", Seconds(159), Seconds(159));
        Assert.Equal(Seconds(40), clock.Advance(Seconds(159)));
        Assert.Equal(Seconds(159), clock.Advance(Seconds(160)));
    }

    [Fact]
    public void Advance_NewSlowSource_NeverGoesBack()
    {
        TableClock clock = NewClock(startSeconds: 0);
        clock.Observe("a", Seconds(100), Seconds(100));
        Assert.Equal(Seconds(100), clock.Advance(Seconds(100)));
        clock.Observe("b", Seconds(10), Seconds(101));
        Assert.Equal(Seconds(100), clock.Advance(Seconds(101)));
    }

    [Fact]
    public void Advance_AllIdle_FollowsTheWallClockAtTheIdleTimeout()
    {
        TableClock clock = NewClock(startSeconds: 0);
        Assert.Equal(long.MinValue, clock.Advance(Seconds(59)));
        clock.Observe("a", Seconds(60), Seconds(60));
        Assert.Equal(Seconds(60), clock.Advance(Seconds(119)));
        Assert.Equal(Seconds(60), clock.Advance(Seconds(120)));
        Assert.Equal(Seconds(140), clock.Advance(Seconds(200)));
    }

    [Fact]
    public void Observe_RowOfTheFuture_DoesNotPushTimePastTheWallClock()
    {
        TableClock clock = NewClock(startSeconds: 0);
        clock.Observe("a", Seconds(100_000), Seconds(100));
        Assert.Equal(Seconds(100), clock.Advance(Seconds(100)));
    }

    [Fact]
    public void Read_AfterARestart_WaitsForSourcesToBeHeardAgain()
    {
        TableClock clock = NewClock(startSeconds: 0);
        clock.Observe("a", Seconds(100), Seconds(100));
        clock.Advance(Seconds(100));
        var bytes = new MemoryStream();
        clock.Write(new BinaryWriter(bytes));
        bytes.Position = 0;
        TableClock restored = NewClock(startSeconds: 500);
        restored.Read(new BinaryReader(bytes), Seconds(500));
        Assert.Equal(Seconds(100), restored.Advance(Seconds(559)));
        Assert.Equal(Seconds(500), restored.Advance(Seconds(560)));
    }

    [Fact]
    public void Observe_MoreSourcesThanAreToldApart_ShareOneEntry()
    {
        TableClock clock = NewClock(startSeconds: 0);
        for (int source = 0; source < 100; source++)
        {
            clock.Observe("s" + source, Seconds(10), Seconds(10));
        }

        Assert.Equal(9, clock.SourceCount);
    }

    [Fact]
    public async Task Keys_PastTheCap_AreShedAndCounted()
    {
        await using var bed = new StreamTestBed(new StreamOptions { MaxKeysPerQuery = 5 });
        var consumer = new RecordingConsumer();
        ContinuousQuery query = bed.Query("logs | summarize n = count() by service", StreamTestBed.Windows(10, 10, 0), consumer);
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        bed.Append("a", [.. Enumerable.Range(0, 40).Select(row => new LogRow(1, "s" + (row % 20)))]);
        bed.Append("a", [.. Enumerable.Range(0, 40).Select(row => new LogRow(2, "s" + (row % 20)))]);
        bed.Pass(11);
        bed.Append("a", new LogRow(11));

        StreamStatistics statistics = bed.Pipeline.StatisticsOf(query);
        Assert.Equal(5, consumer.Results[StreamTestBed.Ticks(10)].Length);
        Assert.All(consumer.Results[StreamTestBed.Ticks(10)], line => Assert.EndsWith(" 4", line, StringComparison.Ordinal));
        Assert.Equal(60, statistics.RowsShed);
        Assert.True(statistics.HasTooManyKeys);
        Assert.Equal(5, statistics.Keys);
    }

    [Fact]
    public async Task State_PastTheBudget_GivesUpWhatOnlyServesCorrectionsFirst()
    {
        await using var bed = new StreamTestBed(new StreamOptions { StateBudgetBytes = 60_000 });
        var consumer = new RecordingConsumer();
        ContinuousQuery query = bed.Query("logs | summarize n = count() by service", StreamTestBed.Windows(10, 10, 0), consumer);
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        for (int second = 0; second < 400; second += 5)
        {
            bed.Append("a", [.. Enumerable.Range(0, 50).Select(row => new LogRow(second, "service" + row))]);
            bed.Pass(5);
        }

        bed.Pipeline.HoldBudget(bed.NowTicks);
        bed.Append("late", new LogRow(100), new LogRow(399));
        bed.Append("a", new LogRow(415));
        bed.Pass(1);

        StreamStatistics statistics = bed.Pipeline.StatisticsOf(query);
        Assert.Equal(1, statistics.RowsLateDropped);
        Assert.Empty(consumer.Errors);
        Assert.True(statistics.StateBytes < 60_000, $"{statistics.StateBytes} bytes");
    }

    [Fact]
    public async Task State_PastTheShareOfAQuery_ReachesBackLessFarWhileOthersKeepTheirs()
    {
        await using var bed = new StreamTestBed(new StreamOptions { StateBudgetBytes = 2_000_000 });
        var consumer = new RecordingConsumer();
        ContinuousQuery large = bed.Query("logs | summarize n = count() by service", StreamTestBed.Windows(10, 10, 0), consumer, "large");
        ContinuousQuery small = bed.Query("logs | summarize n = count() | where n > 0", StreamTestBed.Windows(10, 10, 0), new RecordingConsumer(), "small");
        bed.Pipeline.SetQueries([large, small], bed.NowTicks);
        long most = 0;
        for (int second = 0; second < 2000; second += 5)
        {
            bed.Append("a", [.. Enumerable.Range(0, 200).Select(row => new LogRow(second, "service" + row))]);
            bed.Pass(5);
            bed.Pipeline.HoldBudget(bed.NowTicks);
            most = Math.Max(most, bed.Pipeline.StatisticsOf(large).StateBytes);
        }

        Assert.Null(small.Statistics.Error);
        Assert.InRange(most, 100_000, 300_000);
        Assert.InRange(BackOf(bed.Pipeline.StatisticsOf(large)), 10, 300);
        Assert.InRange(BackOf(bed.Pipeline.StatisticsOf(small)), 3600, 3700);
        Assert.Empty(consumer.Errors);
        double evaluated = 2000 - 15;
        bed.Append("late", new LogRow(evaluated - BackOf(bed.Pipeline.StatisticsOf(large)) - 100));
        bed.Pass(1);
        Assert.Equal((1, 0), (bed.Pipeline.StatisticsOf(large).RowsLateDropped, bed.Pipeline.StatisticsOf(small).RowsLateDropped));

        static double BackOf(StreamStatistics statistics) =>
            TimeSpan.FromTicks(statistics.EvaluatedTicks!.Value - statistics.CorrectsFromTicks!.Value).TotalSeconds;
    }

    private static TableClock NewClock(double startSeconds) => new(Seconds(60) - StreamTestBed.Start.Ticks, 8, Seconds(startSeconds));

    private static long Seconds(double seconds) => StreamTestBed.Ticks(seconds);
}
