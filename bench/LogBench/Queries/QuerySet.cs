using Bongsu.LogBench.Answers;

namespace Bongsu.LogBench.Queries;

/// <summary>What people ask of logs.</summary>
internal static class QuerySet
{
    /// <summary>The queries over one file.</summary>
    public static IReadOnlyList<BenchQuery> For(QueryInputs inputs) => [.. Counts(), .. Groups(), .. Rows(inputs)];

    private static BenchQuery[] Counts() =>
    [
        new("Q1", "count of all rows",
            "logs | count",
            "SELECT count() FROM logs",
            "SELECT count(*) FROM logs",
            (answer, check) => check.Count(answer)),
        new("Q2", "count by level",
            "logs | summarize count() by level",
            "SELECT level, count() FROM logs GROUP BY level",
            "SELECT level, count(*) FROM logs GROUP BY level",
            (answer, check) => check.ByLevel(answer)),
        new("Q3", "errors by service and minute",
            "logs | where level == 'error' | summarize count() by service, bin(timestamp, 1m)",
            "SELECT service, toStartOfMinute(ts) AS m, count() FROM logs WHERE level = 'error' GROUP BY service, m",
            "SELECT service, date_trunc('minute', ts) AS m, count(*) FROM logs WHERE level = 'error' GROUP BY ALL",
            (answer, check) => check.Errors(answer)),
        new("Q4", "`needle7f3a9c` in message, whole rows",
            "logs | where message contains 'needle7f3a9c'",
            "SELECT * FROM logs WHERE position(message, 'needle7f3a9c') > 0",
            "SELECT * FROM logs WHERE contains(message, 'needle7f3a9c')",
            (answer, check) => check.Needles(answer))
        {
            ClickHouseText = "SELECT * FROM logs WHERE hasAllTokens(message, 'needle7f3a9c')",
        },
        new("Q5", "count where message contains `timeout`",
            "logs | where message contains 'timeout' | count",
            "SELECT count() FROM logs WHERE position(message, 'timeout') > 0",
            "SELECT count(*) FROM logs WHERE contains(message, 'timeout')",
            (answer, check) => check.Timeouts(answer)),
        new("Q5 has", "count where message has the term `timeout`",
            "logs | where message has 'timeout' | count",
            "SELECT count() FROM logs WHERE hasToken(message, 'timeout')",
            "SELECT count(*) FROM logs WHERE contains(message, 'timeout')",
            (answer, check) => check.TimeoutTerms(answer)),
        new("Q6", @"count where message matches `user=\d+5\b`",
            @"logs | where message matches regex @'user=\d+5\b' | count",
            @"SELECT count() FROM logs WHERE match(message, 'user=\\d+5\\b')",
            @"SELECT count(*) FROM logs WHERE regexp_matches(message, 'user=\d+5\b')",
            (answer, check) => check.Regex(answer)),
    ];

    private static BenchQuery[] Groups() =>
    [
        new("Q7", "p50, p95, p99 of duration by service, exact",
            "logs | summarize percentiles(duration_ms, 50, 95, 99) by service",
            "SELECT service, quantilesExact(0.5, 0.95, 0.99)(duration_ms) FROM logs GROUP BY service",
            "SELECT service, quantile_cont(duration_ms, [0.5, 0.95, 0.99]) FROM logs GROUP BY service",
            (answer, check) => check.Percentiles(answer)),
        new("Q7 rough", "the same, exact here, estimated by the others",
            "logs | summarize percentiles(duration_ms, 50, 95, 99) by service",
            "SELECT service, quantiles(0.5, 0.95, 0.99)(duration_ms) FROM logs GROUP BY service",
            "SELECT service, approx_quantile(duration_ms, [0.5, 0.95, 0.99]) FROM logs GROUP BY service",
            (answer, check) => check.PercentilesRoughly(answer)),
        new("Q8", "top 10 users by count",
            "logs | summarize n = count() by user_id | top 10 by n",
            "SELECT user_id, count() AS n FROM logs GROUP BY user_id ORDER BY n DESC LIMIT 10",
            "SELECT user_id, count(*) AS n FROM logs GROUP BY user_id ORDER BY n DESC LIMIT 10",
            (answer, check) => check.TopUsers(answer)),
        new("Q9", "exact distinct traces",
            "logs | summarize count_distinct(trace_id)",
            "SELECT uniqExact(trace_id) FROM logs",
            "SELECT count(DISTINCT trace_id) FROM logs",
            (answer, check) => check.Traces(answer)),
    ];

    private static BenchQuery[] Rows(QueryInputs inputs)
    {
        string latestErrors = $"SELECT * FROM logs WHERE service = '{QueryInputs.Service}' AND level = 'error' ORDER BY ts DESC LIMIT 100";
        return
        [
            new("Q10", "all rows of one trace",
                $"logs | where trace_id == '{inputs.TraceText}'",
                $"SELECT * FROM logs WHERE trace_id = '{Uuid(inputs)}'",
                $"SELECT * FROM logs WHERE trace_id = '{Uuid(inputs)}'",
                (answer, check) => check.OfTrace(answer)),
            new("Q11", "last 100 error rows of one service",
                $"logs | where service == '{QueryInputs.Service}' and level == 'error' | top 100 by timestamp",
                latestErrors,
                latestErrors,
                (answer, check) => check.LatestErrors(answer)),
            FailedPaths(inputs),
            new("Q13", "last 100 rows of everything",
                "logs | top 100 by timestamp",
                "SELECT * FROM logs ORDER BY ts DESC LIMIT 100",
                "SELECT * FROM logs ORDER BY ts DESC LIMIT 100",
                (answer, check) => check.Latest(answer)),
            new("Q14", "histogram where message has `timeout`",
                $"logs | where message has 'timeout' | summarize count() by bin(timestamp, {inputs.BinMinutes}m)",
                $"SELECT toStartOfInterval(ts, INTERVAL {inputs.BinMinutes} MINUTE) AS b, count() FROM logs " +
                    "WHERE hasToken(message, 'timeout') GROUP BY b",
                $"SELECT time_bucket(INTERVAL {inputs.BinMinutes} MINUTE, ts) AS b, count(*) FROM logs " +
                    "WHERE contains(message, 'timeout') GROUP BY b",
                (answer, check) => check.TimeoutBins(answer)),
            new("Q15", $"count where message contains {MessageFacts.KoreanWord}",
                $"logs | where message contains '{MessageFacts.KoreanWord}' | count",
                $"SELECT count() FROM logs WHERE position(message, '{MessageFacts.KoreanWord}') > 0",
                $"SELECT count(*) FROM logs WHERE contains(message, '{MessageFacts.KoreanWord}')",
                (answer, check) => check.Korean(answer)),
        ];
    }

    private static BenchQuery FailedPaths(QueryInputs inputs)
    {
        DateTime end = inputs.HourStart.AddHours(1);
        string sql = "status >= 500 AND " +
            $"ts >= '{inputs.HourStart:yyyy-MM-dd HH:mm:ss}' AND ts < '{end:yyyy-MM-dd HH:mm:ss}' GROUP BY path";
        return new BenchQuery(
            "Q12",
            "average duration by path, status ≥ 500, one hour",
            $"logs | where status >= 500 and timestamp >= datetime({inputs.HourStart:s}Z) and timestamp < datetime({end:s}Z) " +
                "| summarize avg(duration_ms) by path",
            "SELECT path, avg(duration_ms) FROM logs WHERE " + sql,
            "SELECT path, avg(duration_ms) FROM logs WHERE " + sql,
            (answer, check) => check.FailedPaths(answer));
    }

    private static string Uuid(QueryInputs inputs) => Guid.ParseExact(inputs.TraceText, "N").ToString();
}
