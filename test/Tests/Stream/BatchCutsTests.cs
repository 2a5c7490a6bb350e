using Bongsu.Core.Batches;
using Bongsu.Store;
using Bongsu.Stream;
using Bongsu.Stream.Windows;

namespace Bongsu.Tests.Stream;

/// <summary>How rows are cut into batches, and how many batches wait to be fed together, changes no result.</summary>
public sealed class BatchCutsTests
{
    private static readonly string[] s_queries =
    [
        "logs | where service == 'pay' and level == 'error' | summarize n = count() by level | where n > 1",
        "logs | where service == 'pay' and ms > 20 | summarize n = count(), s = sum(ms), p = percentile(ms, 50) | where n >= 1",
        "logs | where service == 'shop' | summarize users = dcount(ms) by level | where users > 0",
        "logs | where level != 'info' and ms > 20 | summarize n = count(), worst = max(ms) by service | where n > 0",
        "logs | extend slow = ms > 50 | summarize n = count() by service, slow | where n > 0",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Results_FedAloneOrTogether_AreEqual(int seed)
    {
        await using var bed = new StreamTestBed(isFed: false);
        Drive(bed, new Random(seed));
        WindowSpec windows = seed % 2 == 0 ? StreamTestBed.Windows(10, 30, 5) : StreamTestBed.Windows(15, 15, 0);
        string[] alone = Run(bed, windows, committed => Slices(committed, 1), isFlushedEach: true);
        string[] together = Run(bed, windows, committed => Slices(committed, int.MaxValue), isFlushedEach: false);
        string[] waiting = Run(bed, windows, committed => Slices(committed, 3), isFlushedEach: false);
        Assert.NotEmpty(alone);
        Assert.Equal(alone, together);
        Assert.Equal(alone, waiting);
    }

    private static string[] Run(
        StreamTestBed bed, WindowSpec windows, Func<CommittedBatch, IEnumerable<Batch>> cut, bool isFlushedEach)
    {
        (ContinuousQuery Query, RecordingConsumer Consumer)[] all =
        [
            .. s_queries.Select((text, index) =>
            {
                var consumer = new RecordingConsumer();
                return (bed.Query(text, windows, consumer, $"q{index}"), consumer);
            }),
        ];
        StreamPipeline pipeline = bed.NewPipeline();
        pipeline.SetQueries(all.Select(one => one.Query), StreamTestBed.Start.Ticks);
        long sequence = 0;
        foreach (CommittedBatch committed in bed.Log)
        {
            foreach (Batch batch in cut(committed))
            {
                pipeline.Process(committed with { Batch = batch, Sequence = ++sequence });
                if (isFlushedEach)
                {
                    pipeline.Flush();
                    pipeline.Advance(committed.IngestedTicks);
                }
            }
        }

        pipeline.Flush();
        pipeline.Advance(bed.NowTicks + TimeSpan.TicksPerHour);
        return [.. all.SelectMany(one => Lines(pipeline, one.Query, one.Consumer))];
    }

    private static IEnumerable<string> Lines(StreamPipeline pipeline, ContinuousQuery query, RecordingConsumer consumer)
    {
        Assert.Empty(consumer.Errors);
        StreamStatistics statistics = pipeline.StatisticsOf(query);
        yield return $"{query.Name} in {statistics.RowsIn} taken {statistics.RowsTaken} dropped {statistics.RowsLateDropped}";
        foreach ((long end, string[] rows) in consumer.Results.Where(result => result.Value.Length > 0))
        {
            yield return $"{query.Name} {end}: {string.Join(", ", rows.Order(StringComparer.Ordinal))}";
        }
    }

    private static IEnumerable<Batch> Slices(CommittedBatch committed, int rows)
    {
        for (int start = 0; start < committed.Batch.RowCount; start += Math.Min(rows, committed.Batch.RowCount - start))
        {
            int count = Math.Min(rows, committed.Batch.RowCount - start);
            yield return committed.Batch.Gather([.. Enumerable.Range(start, count)]);
        }
    }

    // Two sources, rows out of order, some late.
    private static void Drive(StreamTestBed bed, Random random)
    {
        for (int batch = 0; batch < 120; batch++)
        {
            double now = (bed.NowTicks - StreamTestBed.Start.Ticks) / (double)TimeSpan.TicksPerSecond;
            LogRow[] rows =
            [
                .. Enumerable.Range(0, random.Next(1, 6)).Select(_ => new LogRow(
                    Math.Max(0, now - (random.Next(8) == 0 ? random.Next(60) : random.NextDouble() * 4)),
                    random.Next(3) switch { 0 => "pay", 1 => "shop", _ => "chat" },
                    random.Next(3) switch { 0 => "error", 1 => "warn", _ => "info" },
                    random.Next(100))),
            ];
            bed.Append($"s{random.Next(2)}", rows);
            bed.Time.Advance(TimeSpan.FromSeconds(random.NextDouble() * 3));
        }
    }
}
