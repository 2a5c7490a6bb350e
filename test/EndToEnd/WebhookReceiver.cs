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
    private readonly Task _loop;

    /// <summary>Starts listening.</summary>
    public WebhookReceiver()
    {
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
            _bodies.Enqueue(await reader.ReadToEndAsync());
            context.Response.Close();
        }
    }
}
