using System.Net;
using System.Text;
using System.Text.Json;

namespace Bongsu.Tests.Ingest.Files.Delivery;

/// <summary>The server as the network shows it: takes rows once for each key, can be away, or lose its
/// answers.</summary>
internal sealed class ServerDouble : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _keys = [];
    private readonly List<string> _rows = [];

    public bool IsAway { get; set; }

    public int LoseAnswers { get; set; }

    public HttpStatusCode? Answer { get; set; }

    public int Requests { get; private set; }

    public List<string> Messages
    {
        get
        {
            lock (_lock)
            {
                return _rows.ConvertAll(row => JsonDocument.Parse(row).RootElement.GetProperty("message").GetString()!);
            }
        }
    }

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://127.0.0.1:1/") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        lock (_lock)
        {
            Requests++;
            if (IsAway)
            {
                throw new HttpRequestException("connection refused");
            }

            if (Answer is { } status)
            {
                return new HttpResponseMessage(status) { Content = new StringContent("{\"error\":{\"code\":\"x\",\"message\":\"told so\"}}") };
            }

            string[] rows = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (_keys.Add(request.Headers.GetValues("Idempotency-Key").Single()))
            {
                _rows.AddRange(rows);
            }

            if (LoseAnswers > 0)
            {
                LoseAnswers--;
                throw new HttpRequestException("connection reset");
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($"{{\"accepted\":{rows.Length},\"rejected\":[]}}") };
        }
    }
}
