using System.Diagnostics;
using System.Net;
using System.Threading.Channels;

namespace Bongsu.LogBench.Alerts;

/// <summary>A webhook on a free loopback port that notes when each message arrived.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<(long Timestamp, string Body)> _received = Channel.CreateUnbounded<(long, string)>();
    private readonly Task _loop;

    /// <summary>Starts listening.</summary>
    public WebhookReceiver()
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _loop = ReceiveAsync();
    }

    /// <summary>Where to post.</summary>
    public Uri Address { get; }

    /// <summary>Messages as they arrive, with their <see cref="Stopwatch"/> time.</summary>
    public ChannelReader<(long Timestamp, string Body)> Received => _received.Reader;

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
            await _received.Writer.WriteAsync((Stopwatch.GetTimestamp(), await reader.ReadToEndAsync()));
            context.Response.Close();
        }
    }
}
