using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Bongsu.EndToEnd;

/// <summary>A webhook on a free port of the loopback address that keeps what it is told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _bodies = new();
    private readonly ConcurrentQueue<(DateTimeOffset At, string Body)> _arrivals = new();
    private readonly Func<Task<int>>? _answer;
    private readonly Task _loop;

    /// <summary>Starts listening.</summary>
    /// <param name="answer">Takes its time and gives the status of each answer; null = 200, at once.</param>
    public WebhookReceiver(Func<Task<int>>? answer = null)
    {
        _answer = answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _loop = ReceiveAsync();
    }

    /// <summary>Where to post.</summary>
    public Uri Address { get; }

    /// <summary>All bodies so far.</summary>
    public IReadOnlyCollection<string> All => _bodies;

    /// <summary>What was taken with a status of success, and when it came.</summary>
    public IReadOnlyCollection<(DateTimeOffset At, string Body)> Taken => _arrivals;

    /// <summary>Whether any body contains a text.</summary>
    public bool Has(string text) => _bodies.Any(body => body.Contains(text, StringComparison.Ordinal));

    /// <summary>The first body that fits, waiting for it.</summary>
    public async Task<JsonElement> NextAsync(Func<string, bool> fits)
    {
        for (int wait = 0; wait < 300; wait++)
        {
            if (_bodies.FirstOrDefault(fits) is { } body)
            {
                using var document = JsonDocument.Parse(body);
                return document.RootElement.Clone();
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("the webhook was not called within half a minute");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            string body = await reader.ReadToEndAsync();
            _bodies.Enqueue(body);
            DateTimeOffset at = DateTimeOffset.UtcNow;
            int status = _answer is null ? 200 : await _answer();
            if (status < 300)
            {
                _arrivals.Enqueue((at, body));
            }

            try
            {
                context.Response.StatusCode = status;
                context.Response.Close();
            }
            catch (HttpListenerException)
            {
                // The sender was killed meanwhile.
            }
        }
    }
}
