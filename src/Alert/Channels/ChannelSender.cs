using System.Net;
using System.Net.Http.Headers;

namespace Bongsu.Alert.Channels;

/// <summary>Posts notifications over HTTP. Thread-safe.</summary>
internal sealed class ChannelSender : IDisposable
{
    private static readonly TimeSpan s_maxRetryAfter = TimeSpan.FromMinutes(5);

    private readonly string? _webAddress;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public ChannelSender(string? webAddress, TimeProvider time)
    {
        _webAddress = webAddress;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirect would carry the message, and its headers, somewhere nobody named
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>One try.</summary>
    public async Task<SendOutcome> SendAsync(Channel channel, Notification notification, CancellationToken cancellationToken)
    {
        byte[] body = channel.Kind == ChannelKind.Slack
            ? SlackBody.Write(notification, _webAddress)
            : WebhookBody.Write(notification, _webAddress);
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Address);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation("User-Agent", "bongsu");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", notification.DedupKey);
        foreach ((string name, string value) in channel.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(channel.Timeout);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendOutcome(false, false, null, $"no answer within {channel.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException exception)
        {
            return new SendOutcome(false, false, null, $"not reached ({exception.HttpRequestError})");
        }
    }

    public void Dispose() => _client.Dispose();

    private SendOutcome Judge(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return new SendOutcome(true, true, null, null);
        }

        bool isTemporary = status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
        TimeSpan? retryAfter = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => null,
        };
        if (retryAfter is { } wait)
        {
            retryAfter = TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, s_maxRetryAfter.Ticks));
        }

        return new SendOutcome(false, !isTemporary, retryAfter, $"answered {status}");
    }
}
