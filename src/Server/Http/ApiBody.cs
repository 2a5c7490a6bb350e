using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Bongsu.Server.Http;

/// <summary>Reads small JSON request bodies.</summary>
internal static class ApiBody
{
    /// <summary>The body as an object; null after a 400 has been answered.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) is { } body)
            {
                return body;
            }

            await ApiError.WriteAsync(http, 400, "body", "the body must be a JSON object, not null");
        }
        catch (JsonException error)
        {
            string place = error.LineNumber is { } line ? $" (line {line + 1}, byte {error.BytePositionInLine + 1})" : "";
            await ApiError.WriteAsync(http, 400, "body", $"the body is not the JSON expected at {error.Path ?? "$"}{place}");
        }

        return null;
    }
}
