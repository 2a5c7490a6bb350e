using Bongsu.Stream;
using Bongsu.Stream.Events;
using Bongsu.Stream.History;
using Bongsu.Stream.Windows;

namespace Bongsu.Tests.Stream.Events;

/// <summary>What the stream says of disordered, repeated, late and idle rows equals what the definition says of all rows at
/// once.</summary>
public sealed class EventsEqualBatchTests
{
    private const string Steps = "logs | extend a = level == 'warn', b = level == 'error', c = level == 'fatal', odd = toint(ms) % 2 == 1";

    private static readonly (string Query, EventSpec Spec)[] s_cases =
    [
        ("logs", new FrequencySpec(5, Seconds(20)) { By = ["service"] }),
        ("logs | where level == 'error'", new FrequencySpec(3, Seconds(7)) { By = ["service"] }),
        ("logs | where level != 'info'", new FrequencySpec(1, Seconds(15))),
        ("logs", new FrequencySpec(40, Seconds(90))),
        ("logs | where level == 'fatal'", new FlatlineSpec(1, Seconds(40), ForgetsKeys: false) { By = ["service"] }),
        ("logs | where service == 'pay'", new FlatlineSpec(3, Seconds(25), ForgetsKeys: false)),
        ("logs | where ms > 40", new FlatlineSpec(2, Seconds(15), ForgetsKeys: true) { By = ["service"] }),
        ("logs", new ChangeSpec(["level"], Within: null, IgnoresNull: true) { By = ["service"] }),
        ("logs | where level != 'info'", new ChangeSpec(["level", "service"], Seconds(3), IgnoresNull: false)),
        ("logs", new NewTermSpec([["level"]], Seconds(20)) { By = ["service"] }),
        ("logs | where ms > 40", new NewTermSpec([["ms"], ["service", "level"]], Seconds(90))),
        (Steps, new SequenceSpec([new("a", 1, false), new("b", 2, false)], Seconds(15)) { By = ["service"] }),
        (Steps, new SequenceSpec([new("a", 2, false), new("odd", 1, false), new("c", 1, false)], Seconds(20))),
        (Steps, new SequenceSpec([new("b", 1, false), new("c", 1, true)], Seconds(12)) { By = ["service"] }),
        (Steps, new SequenceSpec([new("a", 1, false), new("b", 1, false), new("a", 1, true)], Seconds(10))),
        (Steps, new JobSpec("a", "c", new JobSchedule("*/2 * * * *", "Asia/Seoul"), Seconds(20), Seconds(5), Seconds(40)) { By = ["service"] }),
        (Steps, new JobSpec("odd", null, new JobSchedule("* * * * *", "UTC"), Seconds(1), null, null)),
        (Steps, new JobSpec("a", "c", Schedule: null, Seconds(0), Seconds(2), Seconds(30)) { By = ["service"] }),
        ("logs | where level == 'none'", new FlatlineSpec(1, Seconds(45), ForgetsKeys: false)),
    ];

    public static TheoryData<int, int> Cases()
    {
        var cases = new TheoryData<int, int>();
        for (int spec = 0; spec < s_cases.Length; spec++)
        {
            for (int seed = 1; seed <= 3; seed++)
            {
                cases.Add(spec, seed);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Results_DisorderedLateAndIdleSources_EqualBatch(int index, int seed)
    {
        (string text, EventSpec spec) = s_cases[index];
        WindowSpec windows = seed switch
        {
            1 => StreamTestBed.Windows(10, 10, 0),
            2 => StreamTestBed.Windows(10, 30, 5),
            _ => StreamTestBed.Windows(15, 50, 20),
        };
        await using var bed = new StreamTestBed();
        var consumer = new RecordingConsumer();
        ContinuousQuery query = Query(bed, text, spec, windows, consumer);
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        bed.Database.Committed += _ => Seed(bed, query);
        var rows = new List<EventRow>();
        double end = Drive(bed, new Random((seed * 1000) + index), rows);
        bed.Pass(1200, stepSeconds: 30);

        Assert.Null(query.Statistics.Error);
        Assert.Empty(consumer.Errors);
        Assert.Equal(0, bed.Pipeline.StatisticsOf(query).RowsLateDropped);
        Assert.Equal(0, bed.Pipeline.StatisticsOf(query).RowsShed);
        Assert.Equal(consumer.Order.Order(), consumer.Order);
        EventRow[] seen = Matching(text, rows);
        long begin = windows.EndAtOrBefore(rows.Take(bed.Log[0].Batch.RowCount).Min(row => row.Ticks));
        Assert.NotEmpty(consumer.Results);
        for (long to = windows.EndAtOrBefore(StreamTestBed.Ticks(-400)); to <= StreamTestBed.Ticks(end + 600); to += windows.EveryTicks)
        {
            string[] expected = EventReference.Lines(spec, seen, begin, to - windows.EveryTicks, to);
            Assert.Equal(expected, consumer.Results.GetValueOrDefault(to) ?? []);
        }

        foreach ((long to, string[] early) in consumer.Early)
        {
            // A late row may move the first of a new term to a window before.
            IEnumerable<string> final = spec is NewTermSpec
                ? consumer.Results.Where(told => told.Key <= to).SelectMany(told => told.Value)
                : consumer.Results[to];
            Assert.All(early, line => Assert.Contains(final, told => KeyOf(told) == KeyOf(line)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Results_RestartInTheMiddle_EqualUninterrupted(int index, int seed)
    {
        (string text, EventSpec spec) = s_cases[index];
        await using var bed = new StreamTestBed(isFed: false);
        Drive(bed, new Random(seed), []);
        WindowSpec windows = StreamTestBed.Windows(10, 30, 5);
        RecordingConsumer whole = Run(bed, text, spec, windows, restartEvery: int.MaxValue);
        RecordingConsumer restarted = Run(bed, text, spec, windows, restartEvery: 3 + seed);
        Assert.Equal(whole.Results.Where(NotEmpty).Select(Show), restarted.Results.Where(NotEmpty).Select(Show));
    }

    private static RecordingConsumer Run(StreamTestBed bed, string text, EventSpec spec, WindowSpec windows, int restartEvery)
    {
        var consumer = new RecordingConsumer();
        ContinuousQuery query = Query(bed, text, spec, windows, consumer);
        bed.Pipeline = bed.NewPipeline();
        bed.Pipeline.SetQueries([query], StreamTestBed.Start.Ticks);
        for (int batch = 0; batch < bed.Log.Count; batch++)
        {
            if (batch % restartEvery == restartEvery - 1)
            {
                var state = new MemoryStream();
                using var writer = new BinaryWriter(state);
                long now = bed.Log[batch].IngestedTicks;
                bed.Pipeline.Flush();
                query.Write(writer, bed.Log[batch].Sequence - 1);
                bed.Pipeline.Flow("logs", now).Write(writer);
                state.Position = 0;
                using var reader = new BinaryReader(state);
                consumer = new RecordingConsumer();
                query = Query(bed, text, spec, windows, consumer);
                query.Bind(bed.Tables, now);
                Assert.True(query.Read(reader));
                bed.Pipeline = bed.NewPipeline();
                bed.Pipeline.Flow("logs", now).Read(reader, now);
                bed.Pipeline.SetQueries([query], now);
            }

            bed.Feed(bed.Log[batch]);
            Seed(bed, query);
        }

        bed.Pipeline.Advance(bed.NowTicks + TimeSpan.TicksPerHour);
        return consumer;
    }

    private static ContinuousQuery Query(StreamTestBed bed, string text, EventSpec spec, WindowSpec windows, RecordingConsumer consumer) =>
        new("q", text, windows, consumer, bed.Options) { Events = spec };

    private static void Seed(StreamTestBed bed, ContinuousQuery query)
    {
        if (query.NeedsSeed)
        {
            Seeds.Answer(query, bed.Tables, query.NeededFromTicks, CancellationToken.None);
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    // The rows a query of the cases keeps, by time; equal times as they came.
    private static EventRow[] Matching(string text, List<EventRow> rows)
    {
        string condition = text.Split("where").Last().Trim();
        Func<EventRow, bool> matches = condition switch
        {
            "level == 'error'" => row => row.Level == "error",
            "level != 'info'" => row => row.Level != "info",
            "level == 'fatal'" => row => row.Level == "fatal",
            "level == 'none'" => row => row.Level == "none",
            "service == 'pay'" => row => row.Service == "pay",
            "ms > 40" => row => row.Ms > 40,
            _ => row => true,
        };
        return [.. rows.Where(matches).OrderBy(row => row.Ticks)];
    }

    // Several sources over ten minutes: each in its own disorder, some rows minutes late, some twice, one source silent
    // for a while, times on whole and on half seconds so that many are the same.
    private static double Drive(StreamTestBed bed, Random random, List<EventRow> rows)
    {
        string[] services = ["pay", "search", "care"];
        string[] levels = ["info", "warn", "error", "error", "fatal"];
        double now = 0;
        while (now < 600)
        {
            double step = random.NextDouble() < 0.05 ? 30 + random.Next(90) : 0.5 + random.Next(4);
            now += step;
            bed.Time.Advance(TimeSpan.FromSeconds(step));
            int source = random.Next(3);
            if (source == 2 && now is > 200 and < 400)
            {
                continue;
            }

            var batch = new LogRow[1 + random.Next(6)];
            for (int row = 0; row < batch.Length; row++)
            {
                double age = random.NextDouble() < 0.1 ? random.Next(300) : random.Next(24) / 2.0;
                batch[row] = new LogRow(now - age, services[random.Next(3)], levels[random.Next(5)], random.Next(100));
            }

            for (int times = random.NextDouble() < 0.1 ? 2 : 1; times > 0; times--)
            {
                bed.Append("source" + source, batch);
                rows.AddRange(batch.Select(row => new EventRow(StreamTestBed.Ticks(row.Seconds), row.Service, row.Level, row.Ms)));
            }
        }

        return now;
    }

    private static string KeyOf(string line) => char.IsDigit(line[0]) ? "" : line.Split(' ')[0];

    private static bool NotEmpty(KeyValuePair<long, string[]> window) => window.Value.Length > 0;

    private static string Show(KeyValuePair<long, string[]> window) => $"{window.Key}: {string.Join("; ", window.Value)}";
}
