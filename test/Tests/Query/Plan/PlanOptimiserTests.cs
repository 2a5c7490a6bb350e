using Bongsu.Tests.Query.Kql;

namespace Bongsu.Tests.Query.Plan;

public sealed class PlanOptimiserTests
{
    [Theory]
    [InlineData(
        "logs | where timestamp between (datetime(2026-01-01) .. 1h) and level == 'error' | project message",
        "project message=message\n  scan logs (level, message) from 2026-01-01T00:00:00 to 2026-01-01T01:00:00.0000001 where ==(level, \"error\")")]
    [InlineData(
        "logs | where datetime(2026-01-01) <= timestamp | where timestamp < datetime(2026-01-01 23:00) | summarize count()",
        "summarize count() by \n  scan logs () from 2026-01-01T00:00:00 to 2026-01-01T23:00:00")]
    [InlineData(
        "logs | extend s = http.status + 1 | where s > 500 | project s",
        "project s=+(http.status, 1)\n  scan logs (http.status) where >(+(http.status, 1), 500)")]
    [InlineData("logs | project level, message | take 10", "take 10\n  scan logs (level, message) limit 10")]
    [InlineData("logs | project message, level | sort by level asc | take 3", "top 3 level asc\n  project message=message, level=level\n    scan logs (level, message)")]
    [InlineData(
        "logs | summarize n = count() by level, service | where level == 'a' and n > 2 | project n",
        "project n=n\n  filter >(n, 2)\n    summarize count() by level, service\n      scan logs (level, service) where ==(level, \"a\")")]
    [InlineData(
        "union logs, owners | where service == 'a' | project service",
        "union (service)\n  scan logs (service) where ==(service, \"a\")\n  scan owners (service) where ==(service, \"a\")")]
    [InlineData(
        "logs | join kind=inner owners on service | where level == 'a' and team == 'b' | project message, team",
        "project message=message, team=team\n  join Inner service==service (level, message, service, service1, team)\n    scan logs (level, message, service) where ==(level, \"a\")\n    scan owners (service, team) where ==(team, \"b\")")]
    [InlineData(
        "logs | join kind=leftouter owners on service | where team == 'b' | project team",
        "project team=team\n  filter ==(team, \"b\")\n    join LeftOuter service==service (service, service1, team)\n      scan logs (service)\n      scan owners (service, team)")]
    [InlineData(
        "logs | join owners on service | where level == 'a' and service == 's' | project team",
        "project team=team\n  filter ==(level, \"a\")\n    join InnerUnique service==service (level, service, service1, team)\n      scan logs (level, service) where ==(service, \"s\")\n      scan owners (service, team)")]
    [InlineData("logs | where 1 == 2 | project level", "project level=level\n  values (timestamp, level, message, service, http.status, http.path, duration_ms, count, tags, elapsed, ok)")]
    [InlineData(
        "logs | take 5 | where level == 'a' | project level",
        "filter ==(level, \"a\")\n  take 5\n    scan logs (level) limit 5")]
    [InlineData(
        "logs | mv-expand tags | where level == 'a' and tostring(tags) == 'b' | project level",
        "project level=level\n  filter ==(tostring(tags), \"b\")\n    mvexpand (level, tags)\n      scan logs (level, tags) where ==(level, \"a\")")]
    [InlineData(
        "logs | where ingestion_time() > timestamp | project level",
        "project level=level\n  scan logs (timestamp, level, $ingestion_time) where >($ingestion_time, timestamp)")]
    public void Compile_Query_DoesTheLeastWork(string query, string expected)
    {
        Assert.Equal(expected, TestCatalog.PlanOf(query));
    }
}
