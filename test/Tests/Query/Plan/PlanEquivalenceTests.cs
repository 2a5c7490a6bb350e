using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Kql;
using Bongsu.Query.Plan;
using Bongsu.Store;
using Bongsu.Tests.Query.Execution;
using Bongsu.Tests.Store;

namespace Bongsu.Tests.Query.Plan;

/// <summary>Optimised plans give the rows that the plans as written give, over stored tables.</summary>
public sealed class PlanEquivalenceTests
{
    private static readonly long s_start = new DateTime(2026, 1, 1).Ticks;

    private static readonly string[] s_queries =
    [
        "logs | where level == 'error' and status >= 500 | project service, status | sort by service, status",
        "logs | where timestamp between (datetime(2026-01-01 00:10) .. 10m) | count",
        "logs | where timestamp > datetime(2026-01-01 00:30) and timestamp <= datetime(2026-01-01 00:40) or level == 'none' | summarize count() by level",
        "logs | extend s = status / 100, m = strcat(service, '/', level) | where s == 5 and m has 'api' | summarize n = count(), max(status) by m",
        "logs | summarize n = count(), a = avg(status), d = dcount(service) by level, bin(timestamp, 10m) | where level != 'info' and n > 1 | sort by timestamp asc, level",
        "logs | join kind=inner owners on service | where team == 'red' and level == 'error' | project status, team, service1 | sort by status",
        "logs | join kind=leftouter owners on service | where isempty(team) | summarize count() by service",
        "logs | join kind=leftanti (owners | where team == 'red') on service | where level == 'warn' | summarize count() by service",
        "logs | join kind=rightouter (owners | project service, team) on service | where team == 'blue' | summarize count() by service1, team",
        "logs | where service in (owners | where team == 'red' | project service) | count",
        "logs | where status > toscalar(logs | summarize avg(status)) | summarize count() by level",
        "union withsource=T logs, (owners | extend level = 'x') | where level in ('x', 'error') | summarize count() by T, level",
        "union logs, (print status = 'text', level = 'error') | where level == 'error' | summarize countif(status_long > 0), countif(isnotempty(status_string))",
        "logs | sort by timestamp desc, status asc | take 7 | project timestamp, status",
        "logs | top 50 by status desc nulls last, timestamp asc | where level == 'error' | project status, timestamp",
        "logs | extend parts = split(service, '-') | mv-expand parts to typeof(string) | where level == 'error' and parts != 'api' | summarize count() by parts",
        "logs | parse message with * 'took ' ms:long 'ms' * | where ms > 50 and level == 'info' | summarize count(), sum(ms)",
        "logs | parse-where message with * 'took ' ms:long 'ms' * | where status < 400 | summarize count()",
        "logs | search 'took' | where level == 'error' | count",
        "logs | distinct service, level | where service startswith 'api' | sort by service, level",
        "logs | where isnull(status) | project-away message | count",
        "logs | where not(level == 'error') and status !between (200 .. 299) | summarize make_set(service)  by level | project level, array_length(set_service)",
        "let errors = logs | where level == 'error'; errors | summarize a = count() | extend b = toscalar(errors | count) | project same = a == b",
        "logs | where 1 == 1 and level == 'error' | project-rename s = service | where s == 'api-1' | project-reorder s | take 100000 | count",
        "logs | summarize arg_max(timestamp, *) by service | project service, level, status | sort by service",
        "logs | project a = status + 1, b = status + 2, c = level | project b, c | where b > 300 | summarize sum(b) by c",
    ];

    [Fact]
    public async Task Optimise_OverStoredTables_KeepsTheRows()
    {
        await using StoreFixture store = await StoreFixture.OpenAsync();
        await FillAsync(store.Database);
        var tables = new StoredTables(store.Database);
        var options = new CompileOptions { NowTicks = s_start };
        foreach (string query in s_queries)
        {
            LogicalPlan written = KqlCompiler.Bind(query, tables, options).Plan;
            LogicalPlan optimised = KqlCompiler.Compile(query, tables, options).Plan;
            List<string> expected = Rows.Run(written, source: tables);
            List<string> actual = Rows.Run(optimised, source: tables);
            if (!query.Contains("sort by", StringComparison.Ordinal) && !query.Contains("top ", StringComparison.Ordinal))
            {
                expected.Sort(StringComparer.Ordinal);
                actual.Sort(StringComparer.Ordinal);
            }

            Assert.True(expected.SequenceEqual(actual), $"{query}\n{PlanText.Show(optimised)}\nexpected {string.Join(" / ", expected.Take(9))}\nactual {string.Join(" / ", actual.Take(9))}");
            Assert.True(expected.Count > 0, $"no rows to compare: {query}");
        }
    }

    private static async Task FillAsync(Database database)
    {
        var random = new Random(11);
        string[] services = ["api-1", "api-2", "cache", "pay-ment"];
        string[] levels = ["info", "info", "info", "warn", "error"];
        Schema logs = Rows.Schema(
            ("timestamp", ScalarType.DateTime), ("level", ScalarType.String), ("service", ScalarType.String),
            ("status", ScalarType.Long), ("message", ScalarType.String));
        for (int batch = 0; batch < 3; batch++)
        {
            object?[][] rows = [.. Enumerable.Range(0, 400).Select(row => new object?[]
            {
                s_start + ((batch * 400) + row) * 3 * TimeSpan.TicksPerSecond,
                levels[random.Next(levels.Length)],
                services[random.Next(services.Length)],
                random.Next(10) == 0 ? null : (object)(long)random.Next(200, 600),
                random.Next(3) == 0 ? "ping" : $"request took {random.Next(100)}ms in all",
            })];
            await database.GetOrCreateTable("default", "logs").AppendAsync(Rows.Of(logs, rows), new AppendOptions(), CancellationToken.None);
            if (batch == 1)
            {
                await database.GetOrCreateTable("default", "logs").FlushAsync(CancellationToken.None);
            }
        }

        Schema owners = Rows.Schema(("timestamp", ScalarType.DateTime), ("service", ScalarType.String), ("team", ScalarType.String));
        Batch known = Rows.Of(owners, [s_start, "api-1", "red"], [s_start, "cache", "blue"], [s_start, "api-2", "red"], [s_start, "mail", "blue"]);
        await database.GetOrCreateTable("default", "owners").AppendAsync(known, new AppendOptions(), CancellationToken.None);
    }
}
