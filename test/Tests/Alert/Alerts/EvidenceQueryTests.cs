using Bongsu.Alert.Alerts;
using Bongsu.Core.Types;
using Bongsu.Query.Kql;
using Bongsu.Stream.Plans;
using Bongsu.Tests.Query.Kql;

namespace Bongsu.Tests.Alert.Alerts;

public sealed class EvidenceQueryTests
{
    [Theory]
    [InlineData("summarize n = count(), bad = countif(duration_ms >= 500) | extend percent = round(100.0 * bad / n, 1) | where n >= 20 and percent > 5", "duration_ms >= 500")]
    [InlineData("summarize matched = countif(duration_ms in (500, 502) // why\n), rows = count() | extend percent = 100.0 * matched / rows | where percent > 5.0", "duration_ms in (500, 502) // why")]
    [InlineData("summarize bad = countif(message has '(') by service | where 3 <= bad", "message has '('")]
    [InlineData("summarize n = count(), bad = countif(duration_ms >= 500) | where n >= 20", null)]
    [InlineData("summarize n = count(), good = countif(duration_ms < 500) | where 100.0 * good / n < 50", null)]
    [InlineData("summarize n = count(), good = countif(duration_ms < 500) | where n / good > 2", null)]
    [InlineData("summarize a = countif(duration_ms == 1), b = countif(duration_ms == 2) | where a > 2", null)]
    [InlineData("summarize n = count() by service | where n > 2", null)]
    public void Create_ConditionOnCountedRows_ShowsThese(string rest, string? counted)
    {
        string query = "logs | where service == 'a' | " + rest;
        StreamPlan plan = StreamPlan.Create(KqlCompiler.Compile(query, new TestCatalog(), new CompileOptions { NowTicks = 0 }));
        string text = EvidenceQuery.Create(query, plan, new Dictionary<string, Scalar>(), 0, TimeSpan.TicksPerMinute);
        Assert.Equal(counted is not null, plan.FiresOnCounted);
        Assert.EndsWith(counted is null ? "| where service == 'a'" : "\n| where " + counted, text, StringComparison.Ordinal);
        KqlCompiler.Compile(text + "\n| take 3", new TestCatalog(), new CompileOptions { NowTicks = 0 });
    }
}
