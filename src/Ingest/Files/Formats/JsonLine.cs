using System.Text.Json;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Ingest.Files.Formats;

/// <summary>A line that is one JSON object (RFC 8259). It is handed on as it is; only its time gets the zone it
/// lacks.</summary>
internal sealed class JsonLine
{
    // As deep, and names as long, as the server takes.
    private const int MaxDepth = 64;
    private const int MaxNameBytes = 256;

    private readonly string? _timeField;
    private readonly TimeParser _times;

    /// <param name="timeField">Field to take the time from before all others, or null.</param>
    /// <param name="zone">Zone of times that name none.</param>
    public JsonLine(string? timeField, TimeZoneInfo zone)
    {
        _timeField = timeField;
        _times = new TimeParser(zone);
    }

    /// <summary>Reads the line, or leaves the record as it was.</summary>
    public bool TryParse(ReadOnlySpan<byte> line, LogRecord record)
    {
        ReadOnlySpan<byte> json = line.Trim(" \t"u8);
        if (json.Length < 2 || json[0] != '{' || json[^1] != '}')
        {
            return false;
        }

        try
        {
            return TryRead(json, record);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate inside a string.
            return false;
        }
    }

    private bool TryRead(ReadOnlySpan<byte> json, LogRecord record)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        EventTime? time = null;
        int bestRank = FieldConvention.NoRank;
        (int Start, int End) value = default;
        bool isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            if (reader.ValueSpan.Length > MaxNameBytes)
            {
                return false;
            }

            int rank = Rank(reader.GetString()!);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            EventTime parsed = default;
            bool isTime = rank < bestRank && TryTime(ref reader, out parsed);
            Skip(ref reader, nameBytes: 0);
            if (isTime)
            {
                bestRank = rank;
                time = parsed;
                value = (start, (int)reader.BytesConsumed);
            }
        }

        if (reader.CurrentDepth != 0 || reader.Read())
        {
            return false;
        }

        Put(json, time, value, isEmpty, record);
        return true;
    }

    private static void Put(
        ReadOnlySpan<byte> json, EventTime? time, (int Start, int End) value, bool isEmpty, LogRecord record)
    {
        if (time is not { } found)
        {
            // The reader of the record gives it the time of the line before.
            record.SetJson(json, default, default);
            record.Time = null;
            return;
        }

        bool isNumber = json[value.Start] != '"';
        if (isNumber || isEmpty)
        {
            record.SetJson(json, default, default);
        }
        else
        {
            Span<byte> text = stackalloc byte[TimeText.MaxBytes + 2];
            text[0] = (byte)'"';
            int length = TimeText.Write(found, text[1..]);
            text[length + 1] = (byte)'"';
            record.SetJson(json[..value.Start], text[..(length + 2)], json[value.End..]);
        }

        record.Time = found;
    }

    private int Rank(string name)
    {
        if (name == _timeField)
        {
            return -1;
        }

        return FieldConvention.Resolve(name, out int rank) == CanonicalField.Timestamp ? rank : FieldConvention.NoRank;
    }

    private bool TryTime(ref Utf8JsonReader reader, out EventTime time)
    {
        time = default;
        return reader.TokenType switch
        {
            JsonTokenType.String => !reader.ValueIsEscaped && _times.TryParse(reader.ValueSpan, out time),
            JsonTokenType.Number when reader.TryGetInt64(out long whole) => TimeParser.TryFromNumber(whole, out time),
            JsonTokenType.Number => TimeParser.TryFromNumber(reader.GetDouble(), out time),
            _ => false,
        };
    }

    // Passes over a value; a name that would be too long as a dot path sends the line to plain text, which keeps it
    // whole.
    private static void Skip(ref Utf8JsonReader reader, int nameBytes)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            int depth = reader.CurrentDepth;
            while (reader.Read() && reader.CurrentDepth > depth)
            {
                if (reader.TokenType == JsonTokenType.PropertyName && (nameBytes = reader.ValueSpan.Length) > MaxNameBytes)
                {
                    throw new JsonException($"a field name of {nameBytes} bytes");
                }

                if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        else if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
        {
            // Throws for a lone surrogate, which the server would refuse.
            reader.GetString();
        }
    }
}
