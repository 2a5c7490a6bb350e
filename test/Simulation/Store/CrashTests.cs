using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Simulation.Store;

/// <summary>Whatever dies or fills up, and when: acknowledged rows are there exactly once, others at most once, and
/// nothing else.</summary>
public sealed class CrashTests
{
    private const int Seeds = 150;
    private const int StepsPerSeed = 60;

    private static readonly long s_day = new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Acknowledged_AfterCrashes_IsThereExactlyOnce(bool fillsUp)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            try
            {
                await RunAsync(seed, fillsUp);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {seed}: {exception.Message}", exception);
            }
        }
    }

    private static async Task RunAsync(int seed, bool fillsUp)
    {
        var random = new Random(seed);
        var files = new SimulatedFileSystem(random);
        var model = new RowModel();
        Database database = await OpenAsync(files, random, model);
        for (int step = 0; step < StepsPerSeed; step++)
        {
            if (random.Next(12) == 0)
            {
                files.CallsUntilCrash = random.Next(25);
            }

            if (fillsUp && random.Next(10) == 0)
            {
                files.CapacityBytes = random.Next(2) == 0 ? long.MaxValue : 1;
            }

            await StepAsync(database, files, random, model);
            if (files.IsCrashed)
            {
                await database.DisposeAsync();
                files.CapacityBytes = long.MaxValue;
                files.Restart();
                database = await OpenAsync(files, random, model);
                model.Check(Numbers(database));
            }
        }

        files.CapacityBytes = long.MaxValue;
        files.CallsUntilCrash = -1;
        model.Check(Numbers(database));
        await database.DisposeAsync();
        database = await OpenAsync(files, random, model);
        model.Check(Numbers(database));
        await database.DisposeAsync();
    }

    // Opening can die too: then it is opened again.
    private static async Task<Database> OpenAsync(SimulatedFileSystem files, Random random, RowModel model)
    {
        var options = new StoreOptions
        {
            DataDirectory = "/data",
            Background = false,
            BlockRows = 8,
            LogSegmentBytes = 2000,
            MergeFanIn = 2,
            ReserveBytes = 0,
            Notice = model.Note,
        };
        for (int attempt = 0; ; attempt++)
        {
            files.CallsUntilCrash = attempt < 3 && random.Next(5) == 0 ? random.Next(20) : -1;
            try
            {
                Database database = await Database.OpenAsync(options, TimeProvider.System, CancellationToken.None, files);
                files.CallsUntilCrash = -1;
                return database;
            }
            catch (SimulatedCrashException)
            {
                files.Restart();
            }
        }
    }

    private static async Task StepAsync(Database database, SimulatedFileSystem files, Random random, RowModel model)
    {
        try
        {
            Table table = database.GetOrCreateTable("default", random.Next(4) == 0 ? "other" : "logs");
            switch (random.Next(10))
            {
                case < 6:
                    await AppendAsync(table, random, model);
                    break;
                case 6:
                    await table.FlushAsync();
                    break;
                case 7:
                    await table.MergeAsync();
                    break;
                default:
                    database.MaintainOnce();
                    break;
            }
        }
        catch (Exception exception) when (files.IsCrashed || files.CapacityBytes != long.MaxValue)
        {
            _ = exception; // Expected: what was not acknowledged may be lost.
        }
    }

    // Several writers at once, some of which repeat a batch that failed before, under its key.
    private static async Task AppendAsync(Table table, Random random, RowModel model)
    {
        var attempts = new List<(RowModel.Attempt Attempt, Task<AppendResult> Task)>();
        for (int writers = random.Next(1, 4); writers > 0; writers--)
        {
            RowModel.Attempt attempt = model.NextAttempt(table.Name, random);
            attempts.Add((attempt, table.AppendAsync(
                MakeBatch(attempt), new AppendOptions { IdempotencyKey = attempt.Key }, CancellationToken.None)));
        }

        Exception? failure = null;
        foreach ((RowModel.Attempt attempt, Task<AppendResult> task) in attempts)
        {
            try
            {
                await task;
                model.Acknowledge(attempt);
            }
            catch (Exception exception)
            {
                model.Fail(attempt);
                failure = exception;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private static Batch MakeBatch(RowModel.Attempt attempt)
    {
        long[] numbers = [.. Enumerable.Range(0, attempt.Count).Select(row => attempt.First + row)];
        long[] ticks = [.. numbers.Select(number => s_day + (number * TimeSpan.TicksPerHour))];
        return new Batch(
            new Schema([new Column("timestamp", ScalarType.DateTime), new Column("n", ScalarType.Long), new Column("text", ScalarType.String)]),
            [
                new FixedVector<long>(ScalarType.DateTime, ticks, ticks.Length),
                new FixedVector<long>(ScalarType.Long, numbers, numbers.Length),
                StringVector.Of([.. numbers.Select(number => $"row {number}")]),
            ],
            numbers.Length);
    }

    private static List<long> Numbers(Database database)
    {
        var numbers = new List<long>();
        foreach (Table table in database.Tables("default"))
        {
            foreach (Morsel morsel in table.Snapshot().Scan(new ScanRequest { Columns = ["n", "text"] }))
            {
                Batch batch = morsel.Read(CancellationToken.None)!;
                for (int row = 0; row < batch.RowCount; row++)
                {
                    long number = batch[0].GetScalar(row).AsLong;
                    Assert.Equal($"row {number}", batch[1].GetScalar(row).AsString);
                    numbers.Add(number);
                }
            }
        }

        return numbers;
    }
}
