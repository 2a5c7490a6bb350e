using System.Text.Json;
using Bongsu.Core.Dynamic;

namespace Bongsu.Server.Http;

/// <summary>Error answers: <c>{"error":{"code":…,"message":…}}</c> with a 4xx or 5xx status.</summary>
internal static class ApiError
{
    /// <summary>Answers with an error, unless the answer has begun (then the connection is cut, so that nobody takes it
    /// for whole).</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable, for programs.</param>
    /// <param name="message">For people.</param>
    /// <param name="details">Writes more properties of the error object.</param>
    public static async Task WriteAsync(
        HttpContext http, int status, string code, string message, Action<Utf8JsonWriter>? details = null)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        var body = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, DynamicJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteString("message", message);
            details?.Invoke(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        await http.Response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }
}
