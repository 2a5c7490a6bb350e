using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Bongsu.Tests.Alert;

/// <summary>A real HTTP server on loopback that keeps what it is sent and answers as told (200 when told
/// nothing).</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public WebhookReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _loop = Task.Run(RunAsync);
    }

    public string Address { get; }

    /// <summary>Statuses to answer with, first come first served.</summary>
    public ConcurrentQueue<(int Status, string? RetryAfter)> Answers { get; } = new();

    public ConcurrentQueue<(JsonObject Body, string? Key, string? Authorization, long Ticks)> Requests { get; } = new();

    /// <summary>Waits until some number of requests came.</summary>
    public async Task<JsonObject[]> WaitAsync(int count)
    {
        long deadline = Environment.TickCount64 + 10_000;
        while (Requests.Count < count && Environment.TickCount64 < deadline)
        {
            await Task.Delay(10);
        }

        Assert.True(Requests.Count >= count, $"{Requests.Count} requests came, expected {count}");
        return [.. Requests.Select(request => request.Body)];
    }

    public void Dispose()
    {
        _listener.Close();
        _loop.Wait();
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.InputStream))!;
                (int status, string? retryAfter) = Answers.TryDequeue(out (int, string?) answer) ? answer : (200, null);
                context.Response.StatusCode = status;
                if (retryAfter is not null)
                {
                    context.Response.AddHeader("Retry-After", retryAfter);
                }

                Requests.Enqueue((body, context.Request.Headers["Idempotency-Key"], context.Request.Headers["Authorization"], Environment.TickCount64));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
