using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Bongsu.Server.Cli;

/// <summary>A connection of a client verb to a server.</summary>
internal sealed class BongsuClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Connects to an address with an optional key.</summary>
    public BongsuClient(Uri server, string? key)
    {
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (!string.IsNullOrEmpty(key))
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>The underlying client, for verbs that stream.</summary>
    public HttpClient Http => _http;

    /// <summary>Gets a JSON document.</summary>
    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await _http.GetAsync(path, cancellation);
        await ThrowOnErrorAsync(response, query: null, cancellation);
        return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), default, cancellation);
    }

    /// <summary>Posts JSON and hands the answer over, headers read; an error answer throws.</summary>
    /// <param name="path">Path of the endpoint.</param>
    /// <param name="json">The body.</param>
    /// <param name="accept">Wanted media type.</param>
    /// <param name="query">The query's text, to show where an error lies.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<HttpResponseMessage> PostAsync(
        string path, ReadOnlyMemory<byte> json, string accept, string? query, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd(accept);
        HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await ThrowOnErrorAsync(response, query, cancellation);
        return response;
    }

    /// <summary>Throws what an error answer says.</summary>
    /// <exception cref="ServerErrorException">The status is 4xx or 5xx.</exception>
    public static async Task ThrowOnErrorAsync(HttpResponseMessage response, string? query, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        string body = await response.Content.ReadAsStringAsync(cancellation);
        response.Dispose();
        throw new ServerErrorException(Explain(body, query) ?? $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // The message, the line of the query with a caret under the place, and the suggestion.
    private static string? Explain(string body, string? query)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement error = document.RootElement.GetProperty("error");
            var text = new StringBuilder(error.GetProperty("message").GetString());
            if (query is not null && error.TryGetProperty("line", out JsonElement line))
            {
                string[] lines = query.Split('\n');
                int column = error.GetProperty("column").GetInt32();
                int length = Math.Max(1, error.GetProperty("length").GetInt32());
                int index = Math.Clamp(line.GetInt32() - 1, 0, lines.Length - 1);
                length = Math.Max(1, Math.Min(length, lines[index].Length - column + 1));
                text.Append('\n').Append("  ").Append(lines[index].TrimEnd('\r')).Append('\n')
                    .Append(' ', column + 1).Append('^', length);
            }

            if (error.TryGetProperty("suggestion", out JsonElement suggestion) && suggestion.ValueKind == JsonValueKind.String)
            {
                text.Append("\ndid you mean ").Append(suggestion.GetString()).Append('?');
            }

            return text.ToString();
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not one of our answers (a proxy's page, perhaps); the caller falls back to the status.
            return null;
        }
    }
}
