using Bongsu.Stream;
using Bongsu.Stream.Windows;

namespace Bongsu.Tests.Stream;

/// <summary>The stream's result after the watermark equals the batch result over the same rows.</summary>
public sealed class StreamEqualsBatchTests
{
    private static readonly string[] s_queries =
    [
        "logs | where level == 'error' | summarize errors = count() by service | where errors > 2",
        "logs | summarize total = count(), bad = countif(level == 'error'), slowest = max(ms), mean = avg(ms) by service",
        "logs | where service == 'pay' and ms > 20 | summarize n = count(), s = sum(ms) | where n >= 1",
        "logs | extend slow = ms > 50 | summarize n = count(), least = min(ms) by service, slow | extend share = n * 2 | where share > 2",
        "logs | summarize n = count() by service, level | summarize worst = max(n) by service | where worst > 1",
        "logs | where level != 'info' | summarize users = dcount(ms) by level | sort by users desc | where users > 0",
        "logs | summarize n = count() | where n < 5",
        "logs | where level == 'fatal'",
    ];

    public static TheoryData<int, int> Cases()
    {
        var cases = new TheoryData<int, int>();
        for (int query = 0; query < s_queries.Length; query++)
        {
            for (int seed = 1; seed <= 4; seed++)
            {
                cases.Add(query, seed);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Results_DisorderedLateAndIdleSources_EqualBatch(int queryIndex, int seed)
    {
        string text = s_queries[queryIndex];
        var random = new Random((seed * 1000) + queryIndex);
        WindowSpec windows = seed switch
        {
            1 => StreamTestBed.Windows(10, 10, 0),
            2 => StreamTestBed.Windows(10, 30, 5),
            3 => StreamTestBed.Windows(15, 60, 20),
            _ => StreamTestBed.Windows(20, 50, 3),
        };
        await using var bed = new StreamTestBed();
        var consumer = new RecordingConsumer();
        ContinuousQuery query = bed.Query(text, windows, consumer);
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        double end = Drive(bed, random);
        bed.Pass(3600 * 2, stepSeconds: 30);

        Assert.Null(query.Statistics.Error);
        Assert.Empty(consumer.Errors);
        AssertEqual(bed, text, windows, consumer, query, end);
        Assert.Equal(consumer.Order.Order(), consumer.Order);
        Assert.Equal(0, bed.Pipeline.StatisticsOf(query).RowsLateDropped);
        AssertKept(consumer, isMonotone: queryIndex is 0 or 1 or 2 or 7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Results_RestartInTheMiddle_EqualUninterrupted(int seed)
    {
        await using var bed = new StreamTestBed(isFed: false);
        Drive(bed, new Random(seed));
        string text = s_queries[0];
        WindowSpec windows = StreamTestBed.Windows(10, 30, 5);

        RecordingConsumer whole = Run(bed, text, windows, restartAt: -1);
        for (int restartAt = 1; restartAt < bed.Log.Count; restartAt += 7)
        {
            RecordingConsumer restarted = Run(bed, text, windows, restartAt);
            Assert.Equal(whole.Results.Where(NotEmpty).Select(Show), restarted.Results.Where(NotEmpty).Select(Show));
        }
    }

    private static RecordingConsumer Run(StreamTestBed bed, string text, WindowSpec windows, int restartAt)
    {
        var consumer = new RecordingConsumer();
        ContinuousQuery query = bed.Query(text, windows, consumer);
        bed.Pipeline = bed.NewPipeline();
        bed.Pipeline.SetQueries([query], StreamTestBed.Start.Ticks);
        for (int batch = 0; batch < bed.Log.Count; batch++)
        {
            if (batch == restartAt)
            {
                (query, consumer) = Restart(bed, query, bed.Log[batch].Sequence - 1, bed.Log[batch].IngestedTicks);
            }

            bed.Feed(bed.Log[batch]);
        }

        bed.Pipeline.Advance(bed.NowTicks + TimeSpan.TicksPerHour);
        return consumer;
    }

    private static (ContinuousQuery Query, RecordingConsumer Consumer) Restart(
        StreamTestBed bed, ContinuousQuery query, long sequence, long nowTicks)
    {
        bed.Pipeline.Flush();
        var state = new MemoryStream();
        using var writer = new BinaryWriter(state);
        query.Write(writer, sequence);
        TableFlow flow = bed.Pipeline.Flow("logs", nowTicks);
        flow.Write(writer);
        state.Position = 0;
        using var reader = new BinaryReader(state);
        var consumer = new RecordingConsumer();
        ContinuousQuery restored = bed.Query(query.Text, query.Windows, consumer);
        restored.Bind(bed.Tables, nowTicks);
        Assert.True(restored.Read(reader));
        bed.Pipeline = bed.NewPipeline();
        bed.Pipeline.Flow("logs", nowTicks).Read(reader, nowTicks);
        bed.Pipeline.SetQueries([restored], nowTicks);
        return (restored, consumer);
    }

    // Several sources over ten minutes: each in its own disorder, some rows minutes late, one silent for a while.
    private static double Drive(StreamTestBed bed, Random random)
    {
        string[] services = ["pay", "search", "care"];
        string[] levels = ["info", "warn", "error", "error", "fatal"];
        double now = 0;
        while (now < 600)
        {
            double step = random.NextDouble() < 0.05 ? 30 + (random.NextDouble() * 90) : 0.5 + (random.NextDouble() * 4);
            now += step;
            bed.Time.Advance(TimeSpan.FromSeconds(step));
            int source = random.Next(3);
            if (source == 2 && now is > 200 and < 400)
            {
                continue;
            }

            var rows = new LogRow[1 + random.Next(6)];
            for (int row = 0; row < rows.Length; row++)
            {
                double age = random.NextDouble() < 0.1 ? random.NextDouble() * 300 : random.NextDouble() * 12;
                rows[row] = new LogRow(
                    now - age, services[random.Next(3)], levels[random.Next(5)], Math.Round(random.NextDouble() * 100));
            }

            bed.Append("source" + source, rows);
        }

        return now;
    }

    private static void AssertEqual(
        StreamTestBed bed, string text, WindowSpec windows, RecordingConsumer consumer, ContinuousQuery query, double lastSeconds)
    {
        long first = windows.EndAtOrBefore(StreamTestBed.Ticks(-400));
        long last = windows.EndAtOrBefore(StreamTestBed.Ticks(lastSeconds + 120));
        long firstTold = consumer.Order[0];
        for (long end = first; end <= last; end += windows.EveryTicks)
        {
            string[] expected = bed.Batch(text, end - windows.WindowTicks, end);
            if (query.Plan!.CountsRows)
            {
                string[] told = consumer.Results.GetValueOrDefault(end) ?? [];
                Assert.Equal(expected.Length, told.Length == 0 ? 0 : int.Parse(told[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
                continue;
            }

            // A window nobody had a row for before the rule began is not told, though a count of nothing may meet a
            // condition.
            if (!consumer.Results.ContainsKey(end) && query.Plan.KeyColumns.Count == 0 && end < firstTold)
            {
                continue;
            }

            Assert.Equal(expected, consumer.Results.GetValueOrDefault(end) ?? []);
        }
    }

    // What is said of an open window holds when it is over.
    private static void AssertKept(RecordingConsumer consumer, bool isMonotone)
    {
        Assert.Equal(isMonotone, consumer.Early.Count > 0);
        foreach ((long end, string[] early) in consumer.Early)
        {
            string[] final = consumer.Results.GetValueOrDefault(end) ?? [];
            Assert.All(early, line => Assert.Contains(final, told => KeyOf(told) == KeyOf(line)));
        }

        static string KeyOf(string line) => int.TryParse(line.Split(' ')[0], out _) ? "" : line.Split(' ')[0];
    }

    private static bool NotEmpty(KeyValuePair<long, string[]> window) => window.Value.Length > 0;

    private static string Show(KeyValuePair<long, string[]> window) => $"{window.Key}: {string.Join("; ", window.Value)}";
}
