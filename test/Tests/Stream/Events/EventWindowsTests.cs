using Bongsu.Query;
using Bongsu.Stream;
using Bongsu.Stream.Events;

namespace Bongsu.Tests.Stream.Events;

public sealed class EventWindowsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Results_KeysComeAndGo_LeaveNoRowOut(bool isChange)
    {
        var options = new StreamOptions { MaxDelay = TimeSpan.FromSeconds(60), MaxKeysPerQuery = 300 };
        await using var bed = new StreamTestBed(options);
        EventSpec spec = isChange
            ? new ChangeSpec(["level"], TimeSpan.FromSeconds(10), IgnoresNull: false) { By = ["service"] }
            : new FrequencySpec(2, TimeSpan.FromSeconds(10)) { By = ["service"] };
        (ContinuousQuery query, RecordingConsumer consumer) = Run(bed, spec);
        for (int second = 0; second < 1500; second++)
        {
            bed.Time.Advance(TimeSpan.FromSeconds(1));
            bed.Append("a", new LogRow(second, $"pod{second}", $"old{second}"), new LogRow(second, $"pod{second - 1}", $"new{second}"));
        }

        bed.Pass(120);
        Assert.Equal(0, query.Statistics.RowsShed);
        Assert.Equal(1499, consumer.Results.Values.SelectMany(lines => lines).Select(line => line.Split(' ')[0]).Distinct().Count());
        Assert.True(query.MeasureState() < 300_000, $"{query.MeasureState()} bytes");
    }

    [Fact]
    public async Task Results_TooManyKeys_AreShedAndCounted()
    {
        await using var bed = new StreamTestBed(new StreamOptions { MaxKeysPerQuery = 100 });
        (ContinuousQuery query, RecordingConsumer consumer) = Run(bed, new FrequencySpec(1, TimeSpan.FromSeconds(10)) { By = ["service"] });
        bed.Append("a", [.. Enumerable.Range(0, 300).Select(key => new LogRow(0, $"key{key}"))]);
        Assert.Equal(200, query.Statistics.RowsShed);
        Assert.True(query.Statistics.HasTooManyKeys);
        bed.Pass(120);
        Assert.Equal(100, consumer.Results.Values.First().Length);
    }

    [Fact]
    public async Task Results_TooManyEvents_AreShedAndCounted()
    {
        await using var bed = new StreamTestBed(new StreamOptions { MaxEventsPerQuery = 50 });
        var spec = new ChangeSpec(["level"], Within: null, IgnoresNull: false);
        (ContinuousQuery query, _) = Run(bed, spec);
        bed.Append("a", [.. Enumerable.Range(0, 80).Select(row => new LogRow(row / 10.0))]);
        Assert.Equal(30, query.Statistics.RowsShed);
    }

    [Fact]
    public async Task Results_ManyRowsOfAKey_StayBounded()
    {
        await using var bed = new StreamTestBed(new StreamOptions { MaxEventsPerQuery = 100_000 });
        (ContinuousQuery query, RecordingConsumer consumer) = Run(bed, new FrequencySpec(100, TimeSpan.FromSeconds(30)));
        for (int second = 0; second < 200; second++)
        {
            bed.Time.Advance(TimeSpan.FromSeconds(1));
            bed.Append("a", [.. Enumerable.Range(0, 2000).Select(row => new LogRow(second + (row / 2000.0)))]);
        }

        bed.Pass(120);
        Assert.Equal(0, query.Statistics.RowsShed);
        Assert.Contains(consumer.Results.Values, lines => lines is [var line] && line.StartsWith("400000 ", StringComparison.Ordinal));
        Assert.True(query.MeasureState() < 6_000_000, $"{query.MeasureState()} bytes");
    }

    [Theory]
    [InlineData("logs | project service", "unsupported", "the query must keep the column 'timestamp'")]
    [InlineData("logs | summarize n = count() by service", "unsupported",
        "this kind of rule looks at rows one by one: take 'summarize' (also 'count', 'distinct') out of the query")]
    [InlineData("logs | extend timestamp = 1", "unsupported", "the rows of the query must keep their 'timestamp' as it is")]
    [InlineData("logs", "unknown_name", "the rows of the query have no column 'servce'", "service")]
    public async Task Create_WrongRows_SaysSo(string text, string code, string message, string? suggestion = null)
    {
        await using var bed = new StreamTestBed();
        bed.Append("a", new LogRow(0));
        var spec = new FrequencySpec(1, TimeSpan.FromSeconds(1)) { By = [suggestion is null ? "service" : "servce"] };
        QueryException exception = Assert.Throws<QueryException>(() => Bongsu.Stream.Plans.StreamPlan.CreateForEvents(
            Bongsu.Query.Kql.KqlCompiler.Compile(text, bed.Tables, new Bongsu.Query.Kql.CompileOptions { NowTicks = bed.NowTicks }), spec));
        Assert.Equal((code, message, suggestion), (exception.Code, exception.Message, exception.Suggestion));
    }

    [Fact]
    public async Task Replay_StoredRows_TellsWhatWasToldLive()
    {
        await using var bed = new StreamTestBed();
        var spec = new NewTermSpec([["level"]], TimeSpan.FromDays(30)) { By = ["service"] };
        bed.Time.Advance(TimeSpan.FromDays(10));
        const double Day = 86_400;
        bed.Append("import", new LogRow(2 * Day, "pay", "fatal"));
        bed.Time.Advance(TimeSpan.FromMinutes(5));
        double now = (10 * Day) + 300;
        var consumer = new RecordingConsumer();
        var query = new ContinuousQuery("q", "logs", StreamTestBed.Windows(10, 10, 0), consumer, bed.Options) { Events = spec };
        bed.Append("live", new LogRow(now, "pay", "fatal"), new LogRow(now + 1, "pay", "error"));
        var replay = new StreamReplay([query], bed.Tables, bed.Options);
        replay.Run(
            bed.Database.FindTable("default", "logs")!,
            StreamTestBed.Ticks(now - 60),
            StreamTestBed.Ticks(now + 60),
            byEventTime: false,
            progress: null,
            CancellationToken.None);
        Assert.Null(query.Statistics.Error);
        Assert.Equal(["pay level error 2026-12-01T00:05:01.0000000Z"], consumer.Results.Values.SelectMany(lines => lines));
    }

    private static (ContinuousQuery Query, RecordingConsumer Consumer) Run(StreamTestBed bed, EventSpec spec)
    {
        var consumer = new RecordingConsumer();
        var query = new ContinuousQuery("q", "logs", StreamTestBed.Windows(10, 10, 0), consumer, bed.Options) { Events = spec };
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        return (query, consumer);
    }
}
