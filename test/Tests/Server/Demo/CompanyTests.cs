using System.Text;
using System.Text.Json;
using Bongsu.Server.Demo;

namespace Bongsu.Tests.Server.Demo;

public sealed class CompanyTests
{
    private static readonly long s_start = new DateTime(2026, 11, 20, 3, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Minute_OfAnySeed_IsJsonAndTheSameAgain()
    {
        string first = Log(live: false, fromSecond: 0, seconds: 60);
        Assert.Equal(first, Log(live: false, fromSecond: 0, seconds: 60));
        string[] lines = first.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 500, 4000);
        foreach (string line in lines)
        {
            using var document = JsonDocument.Parse(line);
            Assert.True(document.RootElement.TryGetProperty("timestamp", out _));
        }

        Assert.Contains("%EC%84%9C%EC%9A%B8", first, StringComparison.Ordinal);
        Assert.DoesNotContain("OOM", first, StringComparison.Ordinal);
    }

    [Fact]
    public void CacheFault_Begins45SecondsAfterTheStart_AndReachesItsCallers()
    {
        Assert.DoesNotContain("OOM", Log(live: true, fromSecond: 0, seconds: 45), StringComparison.Ordinal);
        string log = Log(live: true, fromSecond: 45, seconds: 20);
        Assert.Contains("OOM command not allowed", log, StringComparison.Ordinal);
        Assert.Contains("timeout waiting for cache-2", log, StringComparison.Ordinal);
        Assert.Contains("cache-2 timed out", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Gateway_LogsMinutesAndTenSeconds_LessWhileItsServiceIsBroken()
    {
        using var company = new Company(seed: 1, s_start);
        company.GatewayMinute(s_start - TimeSpan.TicksPerDay);
        int[] quiet = Requests(company);
        company.BeginLive(s_start);
        for (int second = 0; second < 60; second++)
        {
            company.LiveSecond(s_start + (second * TimeSpan.TicksPerSecond));
        }

        // Search, messenger, payments, care; the cache breaks after 45 s, and search has it.
        int[] live = Requests(company);
        Assert.Equal((4, 24), (quiet.Length, live.Length));
        Assert.All([4_000, 12_000, 700, 250], (least, service) => Assert.InRange(quiet[service], least, least * 10));
        Assert.InRange(live[5] / (double)live[0], 0.35, 0.55);
        Assert.InRange(live[11] / (double)live[6], 0.85, 1.15);
    }

    private static int[] Requests(Company company)
    {
        int[] requests = [.. company.Gateway.Logs.SelectMany(log => Encoding.UTF8.GetString(log.Written.Span)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("requests").GetInt32()))];
        foreach (LogWriter log in company.Gateway.Logs)
        {
            log.Clear();
        }

        return requests;
    }

    private static string Log(bool live, int fromSecond, int seconds)
    {
        using var company = new Company(seed: 1, s_start);
        if (live)
        {
            company.BeginLive(s_start);
        }

        for (int second = fromSecond; second < fromSecond + seconds; second++)
        {
            company.LiveSecond(s_start + (second * TimeSpan.TicksPerSecond));
        }

        return string.Concat(company.Services.Select(service => Encoding.UTF8.GetString(service.Log.Written.Span)));
    }
}
