using System.Buffers;
using System.Text;
using System.Text.Json;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files;

namespace Bongsu.Tests.Ingest.Files;

/// <summary>Reads files of ../shared as the client does, and gives the rows as JSON.</summary>
internal static class LogFiles
{
    public static readonly DateTime Now = new(2026, 11, 21, 5, 0, 0, DateTimeKind.Utc);

    public static string Repository { get; } = FindRepository();

    public static string SharedFolder { get; } = Path.Combine(Repository, "..", "shared");

    public static string Shared(string relative) => Path.Combine(SharedFolder, relative);

    public static List<JsonElement> Rows(byte[] content, LineOptions? options = null, int pieceBytes = int.MaxValue)
    {
        var reader = new RecordReader(
            options ?? new LineOptions { Zone = TimeZoneInfo.Utc }, new FixedClock(Now), () => new EventTime(Now.Ticks));
        var output = new ArrayBufferWriter<byte>();
        using var writer = new RowWriter();
        for (int at = 0; at < content.Length;)
        {
            Memory<byte> room = reader.Room();
            int length = Math.Min(Math.Min(room.Length, content.Length - at), pieceBytes);
            content.AsSpan(at, length).CopyTo(room.Span);
            reader.Advance(length);
            at += length;
            Drain(reader, writer, output);
        }

        reader.Complete();
        Drain(reader, writer, output);
        if (reader.Flush() is { } last)
        {
            writer.Write(last, output);
        }

        return Parse(output.WrittenSpan);
    }

    public static List<JsonElement> Rows(string text, LineOptions? options = null) => Rows(Encoding.UTF8.GetBytes(text), options);

    public static string Text(this JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    private static void Drain(RecordReader reader, RowWriter writer, ArrayBufferWriter<byte> output)
    {
        while (reader.Next() is { } record)
        {
            writer.Write(record, output);
        }
    }

    private static List<JsonElement> Parse(ReadOnlySpan<byte> ndjson)
    {
        var rows = new List<JsonElement>();
        foreach (Range range in ndjson.Split((byte)'\n'))
        {
            if (!ndjson[range].IsEmpty)
            {
                var json = new Utf8JsonReader(ndjson[range]);
                rows.Add(JsonElement.ParseValue(ref json));
            }
        }

        return rows;
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Bongsu.slnx")))
            {
                return at.FullName;
            }
        }

        return "";
    }
}
