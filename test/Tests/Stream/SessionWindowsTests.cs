using Bongsu.Stream;

namespace Bongsu.Tests.Stream;

/// <summary>Sessions of a key, told when they close; the same whatever order their rows come in.</summary>
public sealed class SessionWindowsTests
{
    private const string Text = "logs | summarize n = count(), first = min(timestamp), last = max(timestamp) by service | where n >= 2";
    private const double GapSeconds = 20;

    [Fact]
    public async Task Session_RowsWithinTheGap_AreToldOnceWhenItCloses()
    {
        await using var bed = new StreamTestBed();
        RecordingConsumer consumer = Run(bed, [(0, "pay"), (15, "pay"), (30, "pay"), (100, "pay"), (110, "search")]);

        (long end, string[] lines) = Assert.Single(consumer.Results, result => result.Value.Length > 0);
        Assert.Equal(StreamTestBed.Ticks(50), end); // 30 s and a gap
        Assert.StartsWith("pay 3 ", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_LateRowBetweenTwo_MakesThemOne()
    {
        await using var bed = new StreamTestBed();
        RecordingConsumer consumer = Run(bed, [(0, "pay"), (5, "pay"), (40, "pay"), (45, "pay"), (120, "pay"), (22, "pay"), (200, "pay")]);

        (long end, string[] lines) = Assert.Single(consumer.Results, result => result.Value.Length > 0);
        Assert.Equal(StreamTestBed.Ticks(70), end); // 45 s rounded up to the next window, and a gap
        Assert.StartsWith("pay 5 ", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Contains(StreamTestBed.Ticks(30), consumer.Corrections);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Sessions_DisorderedRows_EqualThoseOfTheRowsInOrder(int seed)
    {
        var random = new Random(seed);
        string[] services = ["pay", "search", "care", "cache"];
        await using var bed = new StreamTestBed();
        var rows = new List<(double Seconds, string Service)>();
        double now = 0;
        while (now < 1500)
        {
            now += random.NextDouble() < 0.1 ? 30 : random.NextDouble() * 6;
            double age = random.NextDouble() < 0.1 ? random.NextDouble() * 200 : random.NextDouble() * 8;
            rows.Add((now - age, services[random.Next(4)]));
        }

        RecordingConsumer consumer = Run(bed, rows);

        IEnumerable<string> told = consumer.Results.SelectMany(result => result.Value.Select(line => $"{result.Key} {Head(line)}"));
        Assert.Equal(Expected(rows).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task State_WrittenAndRead_GoesOn()
    {
        await using var bed = new StreamTestBed(isFed: false);
        var consumer = new RecordingConsumer();
        ContinuousQuery query = Query(bed, consumer);
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        foreach (double seconds in (double[])[1, 12, 25, 90])
        {
            Append(bed, seconds, "pay");
        }

        bed.Feed(bed.Log[0]);
        bed.Feed(bed.Log[1]);
        bed.Pipeline.Flush();
        var state = new MemoryStream();
        using var writer = new BinaryWriter(state);
        query.Write(writer, bed.Log[1].Sequence);
        bed.Pipeline.Flow("logs", bed.NowTicks).Write(writer);
        state.Position = 0;
        using var reader = new BinaryReader(state);
        var restoredConsumer = new RecordingConsumer();
        ContinuousQuery restored = Query(bed, restoredConsumer);
        restored.Bind(bed.Tables, bed.NowTicks);
        Assert.True(restored.Read(reader));
        bed.Pipeline = bed.NewPipeline();
        bed.Pipeline.Flow("logs", bed.NowTicks).Read(reader, bed.NowTicks);
        bed.Pipeline.SetQueries([restored], bed.NowTicks);
        bed.Feed(bed.Log[2]);
        bed.Feed(bed.Log[3]);
        bed.Pass(300, stepSeconds: 10);

        Assert.StartsWith("pay 3 ", Assert.Single(restoredConsumer.Results.Values.SelectMany(lines => lines)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_WithoutTheTimeOfItsRows_SaysWhatToAdd()
    {
        await using var bed = new StreamTestBed();
        Append(bed, 0, "pay");
        ContinuousQuery query = new(
            "q", "logs | project service | summarize n = count() by service | where n > 1", StreamTestBed.Windows(10, 30, 0),
            new RecordingConsumer(), bed.Options)
        {
            SessionGap = TimeSpan.FromSeconds(GapSeconds),
        };
        bed.Pipeline.SetQueries([query], bed.NowTicks);

        Assert.Contains("must keep their 'timestamp'", query.Statistics.Error, StringComparison.Ordinal);
    }

    private static RecordingConsumer Run(StreamTestBed bed, IEnumerable<(double Seconds, string Service)> rows)
    {
        var consumer = new RecordingConsumer();
        ContinuousQuery query = Query(bed, consumer);
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        foreach ((double seconds, string service) in rows)
        {
            Append(bed, seconds, service);
        }

        bed.Pass(3600 * 2, stepSeconds: 30);
        Assert.Null(query.Statistics.Error);
        return consumer;
    }

    private static ContinuousQuery Query(StreamTestBed bed, RecordingConsumer consumer) =>
        new("q", Text, StreamTestBed.Windows(10, 30, 3), consumer, bed.Options) { SessionGap = TimeSpan.FromSeconds(GapSeconds) };

    private static void Append(StreamTestBed bed, double seconds, string service)
    {
        double ahead = seconds - TimeSpan.FromTicks(bed.NowTicks - StreamTestBed.Start.Ticks).TotalSeconds;
        if (ahead > 0)
        {
            bed.Time.Advance(TimeSpan.FromSeconds(ahead));
        }

        bed.Append("source", new LogRow(seconds, service, "info", 1));
    }

    private static IEnumerable<string> Expected(List<(double Seconds, string Service)> rows)
    {
        foreach (IGrouping<string, (double Seconds, string Service)> key in rows.GroupBy(row => row.Service))
        {
            long[] times = [.. key.Select(row => StreamTestBed.Ticks(row.Seconds)).Order()];
            for (int from = 0; from < times.Length;)
            {
                int to = from + 1;
                while (to < times.Length && times[to] - times[to - 1] <= TimeSpan.FromSeconds(GapSeconds).Ticks)
                {
                    to++;
                }

                long every = 10 * TimeSpan.TicksPerSecond;
                long close = times[to - 1] + TimeSpan.FromSeconds(GapSeconds).Ticks;
                if (to - from >= 2)
                {
                    yield return $"{(close + every - 1) / every * every} {key.Key} {to - from}";
                }

                from = to;
            }
        }
    }

    private static string Head(string line) => string.Join(' ', line.Split(' ').Take(2));
}
