using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Posts chunks to <c>POST /ingest/{table}</c> and tries again while the server is away or has no
/// room.</summary>
internal sealed class ChunkSender
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_requestTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly string _path;
    private readonly bool _compress;
    private readonly TimeSpan? _retryFor;

    /// <param name="http">Knows the server's address and sends the credentials.</param>
    /// <param name="options">Table and time field.</param>
    /// <param name="clock">Measures delays.</param>
    public ChunkSender(HttpClient http, FileIngestOptions options, TimeProvider clock)
    {
        _http = http;
        _clock = clock;
        _retryFor = options.Follow ? null : options.RetryFor;
        _path = "ingest/" + Uri.EscapeDataString(options.Table) +
            (options.Lines.TimeField is { } field ? "?time=" + Uri.EscapeDataString(field) : "");
        _compress = http.BaseAddress is { IsLoopback: false };
    }

    /// <summary>Rows the server took.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows the server refused.</summary>
    public long RejectedRows { get; private set; }

    /// <summary>Why the first of them was refused.</summary>
    public string? FirstRejection { get; private set; }

    /// <summary>Why nothing moves; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Sends a chunk; returns once the server has it.</summary>
    /// <exception cref="IngestRefusedException">The server refuses it for good.</exception>
    /// <exception cref="IngestAwayException">The server was away for too long.</exception>
    public async Task SendAsync(Chunk chunk, CancellationToken cancellation)
    {
        TimeSpan delay = s_firstDelay;
        long started = _clock.GetTimestamp();
        while (true)
        {
            Exception? failure = null;
            TimeSpan? wanted = null;
            try
            {
                using HttpResponseMessage response = await PostAsync(chunk, cancellation).ConfigureAwait(false);
                string body = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    Count(chunk, body);
                    Trouble = null;
                    return;
                }

                Trouble = Explain(response.StatusCode, body);
                if (!IsTemporary(response.StatusCode))
                {
                    throw new IngestRefusedException(Trouble);
                }

                wanted = response.Headers.RetryAfter?.Delta;
            }
            catch (HttpRequestException error)
            {
                failure = error;
                Trouble = $"{_http.BaseAddress}: {error.Message}";
            }
            catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
            {
                failure = error;
                Trouble = $"{_http.BaseAddress}: no answer within {s_requestTimeout.TotalSeconds:0} s";
            }

            if (_retryFor is { } limit && _clock.GetElapsedTime(started) > limit)
            {
                throw new IngestAwayException($"gave up after {limit.TotalSeconds:0} s: {Trouble}", failure);
            }

            TimeSpan pause = wanted is { } asked && asked > delay ? asked : delay;
            await Task.Delay(pause < s_longestDelay ? pause : s_longestDelay, _clock, cancellation).ConfigureAwait(false);
            delay = delay * 2 < s_longestDelay ? delay * 2 : s_longestDelay;
        }
    }

    private async Task<HttpResponseMessage> PostAsync(Chunk chunk, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _path);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", chunk.Key);
        request.Headers.TryAddWithoutValidation("X-Bongsu-Source", HeaderText(chunk.Source));
        request.Content = new ReadOnlyMemoryContent(_compress ? Compress(chunk.Rows) : chunk.Rows);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        if (_compress)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        using var timeout = new CancellationTokenSource(s_requestTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        return await _http.SendAsync(request, both.Token).ConfigureAwait(false);
    }

    private static string HeaderText(string source) =>
        source.All(letter => letter is >= ' ' and <= '~') ? source : Uri.EscapeDataString(source);

    private static byte[] Compress(ReadOnlyMemory<byte> rows)
    {
        using var target = new MemoryStream(rows.Length / 4);
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(rows.Span);
        }

        return target.ToArray();
    }

    private static bool IsTemporary(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private void Count(Chunk chunk, string body)
    {
        long accepted = chunk.RowCount;
        try
        {
            using var answer = JsonDocument.Parse(body);
            if (answer.RootElement.TryGetProperty("accepted", out JsonElement count))
            {
                accepted = count.GetInt64();
            }

            if (answer.RootElement.TryGetProperty("rejected", out JsonElement rejected) && rejected.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement row in rejected.EnumerateArray())
                {
                    FirstRejection ??= row.TryGetProperty("error", out JsonElement error) ? error.ToString() : null;
                    break;
                }
            }

            if (answer.RootElement.TryGetProperty("rejectedCount", out JsonElement total) && total.TryGetInt64(out long rejectedCount))
            {
                RejectedRows += rejectedCount;
            }
            else if (rejected.ValueKind == JsonValueKind.Array)
            {
                RejectedRows += rejected.GetArrayLength();
            }
        }
        catch (JsonException)
        {
            // A success without our answer: something between us and the server ate it. All rows count as taken.
            accepted = chunk.RowCount;
        }

        Rows += accepted;
    }

    private static string Explain(HttpStatusCode status, string body)
    {
        string? message = null;
        try
        {
            using var answer = JsonDocument.Parse(body);
            if (answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("error", out JsonElement error))
            {
                message = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out JsonElement text)
                    ? text.ToString()
                    : error.ToString();
            }
        }
        catch (JsonException)
        {
            message = body.Length is > 0 and < 200 ? body : null;
        }

        return $"the server answered {(int)status}{(message is null ? "" : ": " + message)}";
    }
}
