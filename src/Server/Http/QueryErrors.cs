using System.Text.Json;
using Bongsu.Query;

namespace Bongsu.Server.Http;

/// <summary>Answers for wrong queries: position, what was expected, and the nearest known name.</summary>
internal static class QueryErrors
{
    /// <summary>Where a request's query text is kept for the position of an error (key of
    /// <see cref="HttpContext.Items"/>).</summary>
    public static readonly object TextKey = new();

    /// <summary>Answers 400.</summary>
    public static Task WriteAsync(HttpContext http, QueryException error) => ApiError.WriteAsync(
        http, StatusCodes.Status400BadRequest, error.Code, error.Message, json => WritePlace(http, error, json));

    /// <summary>Writes the properties that say where an error is and what would have been right.</summary>
    public static void WritePlace(HttpContext http, QueryException error, Utf8JsonWriter json)
    {
        (int line, int column) = PositionOf(http.Items[TextKey] as string ?? "", error.Span.Start);
        json.WriteNumber("line", line);
        json.WriteNumber("column", column);
        json.WriteNumber("length", error.Span.Length);
        json.WriteStartArray("expected");
        foreach (string expected in error.Expected)
        {
            json.WriteStringValue(expected);
        }

        json.WriteEndArray();
        if (error.Suggestion is not null)
        {
            json.WriteString("suggestion", error.Suggestion);
        }
    }

    /// <summary>Line and column, from 1, of a character.</summary>
    public static (int Line, int Column) PositionOf(string text, int start)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, Math.Clamp(start, 0, text.Length));
        int lastBreak = before.LastIndexOf('\n');
        return (before.Count('\n') + 1, before.Length - lastBreak);
    }
}
