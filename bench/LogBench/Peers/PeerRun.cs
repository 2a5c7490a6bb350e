using System.Diagnostics;
using System.Text.Json;
using Bongsu.LogBench.Answers;
using Bongsu.LogBench.Generation;
using Bongsu.LogBench.Queries;
using Bongsu.LogBench.Reporting;

namespace Bongsu.LogBench.Peers;

/// <summary>Runs the other engines, one process at a time.</summary>
internal static class PeerRun
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Loads the file into each engine, asks it all queries and checks its answers.</summary>
    /// <param name="file">The rows.</param>
    /// <param name="folder">For their data; an engine's data is removed before the next starts.</param>
    /// <param name="queries">What to ask.</param>
    /// <param name="check">The right answers.</param>
    /// <exception cref="WrongAnswerException">An answer is wrong.</exception>
    public static async Task<IReadOnlyList<PeerFigures>> RunAsync(
        LogFile file, string folder, IReadOnlyList<BenchQuery> queries, AnswerCheck check)
    {
        var figures = new List<PeerFigures>();
        foreach (PeerEngine engine in PeerEngine.For(file))
        {
            string data = Path.Combine(folder, "peer");
            Directory.CreateDirectory(data);
            try
            {
                Console.Error.WriteLine($"{engine.Name}: loading");
                JsonElement load = await StepAsync(
                    engine, data, new { action = "load", load = engine.Load, settle = engine.Settle, size = engine.SizeSql });
                Console.Error.WriteLine($"{engine.Name}: queries");
                JsonElement answers = await StepAsync(engine, data, new
                {
                    action = "query",
                    queries = queries.Select(query => new { name = query.Name, sql = engine.TextOf(query) }),
                    minRuns = WarmRuns.Least,
                    maxRuns = WarmRuns.Most,
                    enoughMs = WarmRuns.EnoughMs,
                });
                figures.Add(FiguresOf(engine, load, CheckedQueries(engine, answers, queries, check)));
            }
            finally
            {
                Directory.Delete(data, recursive: true);
            }
        }

        return figures;
    }

    private static PeerFigures FiguresOf(PeerEngine engine, JsonElement load, Dictionary<string, PeerQuery> queries) => new()
    {
        Name = engine.Name,
        Version = load.GetProperty("version").GetString()!,
        InsertSeconds = load.GetProperty("insertSeconds").GetDouble(),
        InsertCpuSeconds = load.GetProperty("insertCpuSeconds").GetDouble(),
        QuietCpuSeconds = load.GetProperty("cpuSeconds").GetDouble(),
        PeakMb = load.GetProperty("peakMb").GetDouble(),
        SizeBytes = load.GetProperty("sizeBytes").GetInt64(),
        Queries = queries,
    };

    private static Dictionary<string, PeerQuery> CheckedQueries(
        PeerEngine engine, JsonElement answers, IReadOnlyList<BenchQuery> queries, AnswerCheck check)
    {
        var times = new Dictionary<string, PeerQuery>();
        foreach (BenchQuery query in queries)
        {
            JsonElement result = answers.GetProperty(query.Name);
            string[] columns = [.. result.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!)];
            try
            {
                query.Check(new Answer(columns, [.. result.GetProperty("rows").EnumerateArray()]), check);
            }
            catch (WrongAnswerException error)
            {
                throw new WrongAnswerException($"{engine.Name}, {query.Name}: {error.Message}");
            }

            double firstMs = result.GetProperty("firstMs").GetDouble();
            times.Add(query.Name, new PeerQuery(firstMs, result.GetProperty("medianMs").GetDouble()));
        }

        return times;
    }

    // A process of its own for each step: what loading left in memory does not help the queries.
    private static async Task<JsonElement> StepAsync(PeerEngine engine, string data, object job)
    {
        string script = Path.Combine(Environment.GetEnvironmentVariable("BONGSU_PEERS")
            ?? throw new InvalidOperationException("BONGSU_PEERS must name the folder of the peers' script; ./dev bench sets it"), "peer.mjs");
        string jobPath = data + ".job.json";
        string resultPath = data + ".result.json";
        File.WriteAllText(jobPath, JsonSerializer.Serialize(job, s_json));
        using var process = Process.Start(new ProcessStartInfo(
            "node", [script, engine.Package, data, $"{Environment.ProcessorCount}", jobPath, resultPath]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{engine.Name} ended with code {process.ExitCode}");
        }

        using var result = JsonDocument.Parse(File.ReadAllBytes(resultPath));
        return result.RootElement.Clone();
    }
}
