using System.Text.Json;

namespace Bongsu.Bench;

/// <summary>What people ask of logs.</summary>
internal static class QuerySet
{
    /// <summary>Name and text of each query.</summary>
    public static IReadOnlyList<(string Name, string Kql)> All { get; } =
    [
        ("Q1 count of all rows", "logs | count"),
        ("Q2 count by level", "logs | summarize count() by level"),
        ("Q3 errors by service and minute", "logs | where level == 'error' | summarize count() by service, bin(timestamp, 1m)"),
        ("Q4 message contains a needle", "logs | where message contains 'needle7f3a9c'"),
        ("Q5 count of message contains timeout", "logs | where message contains 'timeout' | count"),
        ("Q5 with has", "logs | where message has 'timeout' | count"),
        ("Q6 count of a regex", @"logs | where message matches regex @'user=\d+5\b' | count"),
        ("Q7 percentiles of duration by service", "logs | summarize percentiles(duration_ms, 50, 95, 99) by service"),
        ("Q8 top 10 users", "logs | summarize n = count() by user_id | top 10 by n"),
        ("Q9 exact distinct traces", "logs | summarize count_distinct(trace_id)"),
        ("Q10 rows of one trace", "let t = toscalar(logs | take 1 | project trace_id); logs | where trace_id == t"),
        ("Q11 last 100 errors of a service", "logs | where service == 'cart' and level == 'error' | top 100 by timestamp"),
        ("Q12 average duration by path, status 500 and above", "logs | where status >= 500 | summarize avg(duration_ms) by path"),
        ("Q13 last 100 rows", "logs | top 100 by timestamp"),
        ("Q14 histogram of has timeout", "logs | where message has 'timeout' | summarize count() by bin(timestamp, 24m)"),
        ("Q15 contains a Korean word", "logs | where message contains '결제' | count"),
    ];

    /// <summary>Compares answers with what was counted while generating.</summary>
    /// <exception cref="InvalidOperationException">An answer is wrong.</exception>
    public static async Task CheckAsync(ServerUnderTest server, ExpectedAnswers expected)
    {
        await CheckAsync(server, "logs | count", expected.Rows);
        await CheckAsync(server, "logs | where level == 'error' | count", expected.Errors);
        await CheckAsync(server, "logs | where message contains 'timeout' | count", expected.Timeouts);
        await CheckAsync(server, "logs | where message contains '결제' | count", expected.Korean);
        await CheckAsync(server, "logs | where message contains 'needle7f3a9c' | count", 3);
    }

    private static async Task CheckAsync(ServerUnderTest server, string kql, long expected)
    {
        JsonElement answer = await server.QueryAsync(kql);
        long actual = answer.GetProperty("rows")[0][0].GetInt64();
        if (actual != expected)
        {
            throw new InvalidOperationException($"{kql}: {actual}, expected {expected}");
        }
    }
}
