using System.Text.Json;

namespace Bongsu.LogBench.Answers;

/// <summary>What tells one row from another.</summary>
/// <param name="TimeMs">Unix time.</param>
/// <param name="Trace">Trace id, 32 hexadecimal digits.</param>
/// <param name="User">User id.</param>
/// <param name="Message">The whole message.</param>
internal sealed record LogRow(long TimeMs, string Trace, long User, string Message)
{
    /// <summary>Reads a line of the file.</summary>
    public static LogRow Parse(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        JsonElement row = document.RootElement;
        return new LogRow(
            row.GetProperty("ts").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            row.GetProperty("trace_id").GetString()!,
            row.GetProperty("user_id").GetInt64(),
            row.GetProperty("message").GetString()!);
    }
}
