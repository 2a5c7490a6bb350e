using System.Diagnostics;
using Bongsu.LogBench.Answers;
using Bongsu.LogBench.Queries;
using Bongsu.LogBench.Reporting;

namespace Bongsu.LogBench.Serving;

/// <summary>Times one query on the server and checks its answer.</summary>
internal static class QueryTimer
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1.5);

    /// <summary>Runs it once, checks the answer, and repeats it.</summary>
    /// <exception cref="WrongAnswerException">The answer is wrong.</exception>
    public static async Task<QueryFigures> MeasureAsync(ServerUnderTest server, BenchQuery query, AnswerCheck check)
    {
        (Answer answer, double firstMs) = await server.QueryAsync(query.Kql);
        try
        {
            query.Check(answer, check);
        }
        catch (WrongAnswerException error)
        {
            throw new WrongAnswerException($"{query.Name} {query.Kql}: {error.Message}");
        }

        // Its code is compiled anew while it runs: only then is it warm.
        for (long begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < s_warmUp;)
        {
            await server.TimeQueryAsync(query.Kql);
        }

        var onServer = new List<double>();
        var overHttp = new List<double>();
        while (onServer.Count < WarmRuns.Least || (onServer.Count < WarmRuns.Most && overHttp.Sum() < WarmRuns.EnoughMs))
        {
            long startedAt = Stopwatch.GetTimestamp();
            double serverMs = await server.TimeQueryAsync(query.Kql);
            overHttp.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            onServer.Add(serverMs);
        }

        return new QueryFigures
        {
            Name = query.Name,
            Title = query.Title,
            FirstMs = firstMs,
            ServerMs = WarmRuns.Median(onServer),
            HttpMs = WarmRuns.Median(overHttp),
        };
    }
}
