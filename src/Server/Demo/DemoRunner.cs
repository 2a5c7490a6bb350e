using System.Diagnostics;
using System.Net.Http.Headers;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Demo;

/// <summary>Fills a running server with the demo company's history, then keeps its logs coming, over HTTP as any client
/// would.</summary>
internal sealed class DemoRunner : IDisposable
{
    private const string Table = "logs";
    private const string GatewaySource = "gateway";
    private const int Seed = 20260704;
    private const int FlushBytes = 2 << 20;
    private static readonly TimeSpan s_history = TimeSpan.FromHours(24);
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TextWriter _console;
    private readonly string _rules;

    /// <summary>A runner for a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="rules">Its rules folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="console">What is going on is said here.</param>
    public DemoRunner(Uri server, string rules, TimeProvider time, TextWriter console)
    {
        _rules = rules;
        _http = new HttpClient { BaseAddress = server };
        _time = time;
        _console = console;
    }

    /// <summary>Loads the history, says where to look, and goes on until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        long second = FullSecond(_time.GetUtcNow().UtcTicks);
        using var company = new Company(Seed, second);
        await LoadHistoryAsync(company, second, cancellation);
        DemoDirectory.WriteLearningRule(_rules, second);
        for (; second + TimeSpan.TicksPerSecond <= _time.GetUtcNow().UtcTicks; second += TimeSpan.TicksPerSecond)
        {
            company.LiveSecond(second);
        }

        await FlushAsync(company, 1, cancellation);
        company.BeginLive(second);
        SayWhereToLook();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), _time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            for (; second + TimeSpan.TicksPerSecond <= _time.GetUtcNow().UtcTicks; second += TimeSpan.TicksPerSecond)
            {
                company.LiveSecond(second);
            }

            await FlushAsync(company, 1, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static long FullMinute(long ticks) => ticks - (ticks % TimeSpan.TicksPerMinute);

    private static long FullSecond(long ticks) => ticks - (ticks % TimeSpan.TicksPerSecond);

    private async Task LoadHistoryAsync(Company company, long endTicks, CancellationToken cancellation)
    {
        long startedAt = Stopwatch.GetTimestamp();
        long lines = 0;
        long logsFrom = endTicks - s_history.Ticks;
        for (long minute = FullMinute(endTicks - Gateway.History.Ticks); minute < FullMinute(logsFrom); minute += TimeSpan.TicksPerMinute)
        {
            company.GatewayMinute(minute);
        }

        for (long second = FullMinute(logsFrom); second < endTicks; second += TimeSpan.TicksPerSecond)
        {
            company.LiveSecond(second);
            if (second % (TimeSpan.TicksPerMinute * 10) == 0)
            {
                lines += await FlushAsync(company, FlushBytes, cancellation);
                double done = 1 - ((endTicks - second) / (double)s_history.Ticks);
                _console.Write($"\r  loading 24 hours of history {new string('█', (int)(done * 30)),-30} {done:P0}, {lines:N0} lines ");
            }
        }

        lines += await FlushAsync(company, 1, cancellation);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(startedAt);
        _console.WriteLine($"\r  loaded 24 hours of history: {lines:N0} lines in {elapsed.TotalSeconds:0.0} s{new string(' ', 30)}");
    }

    private async Task<long> FlushAsync(Company company, int minBytes, CancellationToken cancellation)
    {
        long lines = 0;
        foreach (CompanyService service in company.Services)
        {
            lines += await SendAsync(Table, service.Name, service.Log, minBytes, cancellation);
        }

        foreach (LogWriter log in company.Gateway.Logs)
        {
            lines += await SendAsync(Gateway.Table, GatewaySource, log, minBytes, cancellation);
        }

        return lines;
    }

    private async Task<int> SendAsync(string table, string source, LogWriter log, int minBytes, CancellationToken cancellation)
    {
        if (log.Written.Length < minBytes)
        {
            return 0;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest/" + table);
        request.Content = new ReadOnlyMemoryContent(log.Written);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Headers.Add(Http.IngestEndpoints.SourceHeader, source);
        using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new SettingsException(
                $"the demo's own server refused its logs: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellation)}");
        }

        int lines = log.Count;
        log.Clear();
        return lines;
    }

    private void SayWhereToLook()
    {
        string page = _http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        _console.WriteLine($"""

              Bongsu is ready:  {page}

              Six services are logging: search, messenger, payments, care, cache, settlement.
              In {FaultSchedule.FirstAfter.TotalSeconds:0} seconds a cache node runs out of memory. Watch {page}/alerts
              Ask from another shell:  bongsu query 'logs | where level == "error" | summarize count() by service'
              Ctrl-C ends it.

            """);
    }
}
