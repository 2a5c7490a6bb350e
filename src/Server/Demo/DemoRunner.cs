using System.Diagnostics;
using System.Net.Http.Headers;
using Bongsu.Server.Configuration;

namespace Bongsu.Server.Demo;

/// <summary>Fills a running server with the demo company's history, then keeps its logs coming, over HTTP as any client
/// would.</summary>
internal sealed class DemoRunner : IDisposable
{
    private const string Table = "logs";
    private const int Seed = 20260704;
    private const int FlushBytes = 2 << 20;
    private static readonly TimeSpan s_history = TimeSpan.FromHours(24);
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TextWriter _console;

    /// <summary>A runner for a server.</summary>
    public DemoRunner(Uri server, TimeProvider time, TextWriter console)
    {
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

    private static long FullSecond(long ticks) => ticks - (ticks % TimeSpan.TicksPerSecond);

    private async Task LoadHistoryAsync(Company company, long endTicks, CancellationToken cancellation)
    {
        long startedAt = Stopwatch.GetTimestamp();
        long lines = 0;
        for (long second = endTicks - s_history.Ticks; second < endTicks; second += TimeSpan.TicksPerSecond)
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
            if (service.Log.Written.Length < minBytes)
            {
                continue;
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest/" + Table);
            request.Content = new ReadOnlyMemoryContent(service.Log.Written);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            request.Headers.Add(Http.IngestEndpoints.SourceHeader, service.Name);
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                throw new SettingsException(
                    $"the demo's own server refused its logs: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellation)}");
            }

            lines += service.Log.Count;
            service.Log.Clear();
        }

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
