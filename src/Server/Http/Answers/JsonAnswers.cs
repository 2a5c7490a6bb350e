using System.Buffers;
using System.Text.Json;
using Bongsu.Core.Dynamic;

namespace Bongsu.Server.Http.Answers;

/// <summary>Writes small JSON answers.</summary>
internal static class JsonAnswers
{
    /// <summary>Answers with one object, whose properties <paramref name="properties"/> writes.</summary>
    public static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> properties, int status = StatusCodes.Status200OK)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body, DynamicJson.WriterOptions))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }
}
