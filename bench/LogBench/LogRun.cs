using System.Diagnostics;
using Bongsu.LogBench.Answers;
using Bongsu.LogBench.Generation;
using Bongsu.LogBench.Peers;
using Bongsu.LogBench.Queries;
using Bongsu.LogBench.Reporting;
using Bongsu.LogBench.Serving;

namespace Bongsu.LogBench;

/// <summary><c>./dev bench logs</c>: rows, server, load, queries, other engines, results.</summary>
internal sealed class LogRun(BenchOptions options)
{
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(2);

    // Memory that is given back once nothing goes on is given back by then.
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(10);
    private readonly Machine _machine = Machine.Here();

    /// <summary>Runs it all.</summary>
    /// <exception cref="WrongAnswerException">An answer is wrong.</exception>
    public async Task<BenchResult> RunAsync()
    {
        string folder = Path.Combine(options.Folder, $"bongsu-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            CheckSpace(folder);
            LogFile file = MakeFile(folder);
            long startedAt = Stopwatch.GetTimestamp();
            ExpectedAnswers expected = FileCounter.Count(file);
            Say($"{expected.Rows:N0} rows counted in {Stopwatch.GetElapsedTime(startedAt).TotalSeconds:0.0} s");
            var check = new AnswerCheck(expected, file);
            IReadOnlyList<BenchQuery> queries = QuerySet.For(expected.Inputs);
            BenchResult result = await ServeAsync(folder, file, expected, queries, check);
            return options.HasPeers
                ? result with { Peers = await PeerRun.RunAsync(file, folder, queries, check) }
                : result;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private LogFile MakeFile(string folder)
    {
        if (options.File is not null)
        {
            return LogFile.Open(options.File);
        }

        long startedAt = Stopwatch.GetTimestamp();
        LogFile file = LogFile.Write(new LogGenerator(options.Rows, options.Days, options.Seed), Path.Combine(folder, "logs.ndjson"));
        double seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        Say($"{options.Rows:N0} rows, {file.SizeBytes / 1e6:N0} MB written in {seconds:0.0} s, {options.Rows / seconds:N0} rows/s");
        return file;
    }

    // The file is there once; an engine's data, while it is merged, takes less than the file.
    private void CheckSpace(string folder)
    {
        const int FileBytesPerRow = 420;
        long needed = 2 * (options.File is null ? options.Rows * FileBytesPerRow : new FileInfo(options.File).Length);
        long free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
        {
            throw new IOException($"{folder}: {free / 1e9:0.0} GB are free, {needed / 1e9:0.0} GB are needed; see --folder");
        }
    }

    private async Task<BenchResult> ServeAsync(
        string folder, LogFile file, ExpectedAnswers expected, IReadOnlyList<BenchQuery> queries, AnswerCheck check)
    {
        string data = Path.Combine(folder, "bongsu");
        using ServerUnderTest server = await ServerUnderTest.StartAsync(data);
        await Task.Delay(s_settle);
        double emptyMb = server.ResidentMb;
        ServerMetrics before = await ServerMetrics.ReadAsync(server);
        Say($"loading");
        var pauses = new PauseSampler(server);
        LoadFigures load = await Load.RunAsync(server, file, options.Connections, expected.Rows);
        double? pauseP99Ms = await pauses.StopAsync();
        double peakMb = server.PeakResidentMb;
        await Task.Delay(s_rest);
        double restMb = server.ResidentMb;
        ServerMetrics after = await ServerMetrics.ReadAsync(server);
        StorageFigures storage = await StorageReading.ReadAsync(server);
        Say($"{load.RowsPerSecond:N0} rows/s, {load.QuietCpuSeconds:0.0} CPU-s, {storage.PartBytes / 1e6:N1} MB; queries");
        var figures = new List<QueryFigures>();
        foreach (BenchQuery query in queries)
        {
            figures.Add(await QueryTimer.MeasureAsync(server, query, check));
        }

        await Task.Delay(s_rest);
        var memory = new MemoryFigures
        {
            EmptyMb = emptyMb,
            PeakMb = peakMb,
            RestMb = restMb,
            AfterQueriesMb = server.ResidentMb,
            AllocatedPerRow = Risen(before, after, "bongsu_gc_allocated_bytes_total") / expected.Rows,
            Gen2Collections = Risen(before, after, "bongsu_gc_gen2_total"),
            PauseP99Ms = pauseP99Ms,
            PausesSeconds = Risen(before, after, "bongsu_gc_pause_seconds_total"),
        };
        return new BenchResult
        {
            Date = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date),
            Command = options.Command,
            Machine = _machine,
            Rows = expected.Rows,
            Days = expected.Inputs.Days,
            FileBytes = file.SizeBytes,
            Connections = options.Connections,
            Load = load,
            Memory = memory,
            Storage = storage,
            Queries = figures,
        };
    }

    private static double? Risen(ServerMetrics before, ServerMetrics after, string name) => after[name] - before[name];

    private static void Say(FormattableString text) =>
        Console.Error.WriteLine(text.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
