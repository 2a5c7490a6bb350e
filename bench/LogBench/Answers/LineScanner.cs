using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bongsu.LogBench.Answers;

/// <summary>Reads lines with the framework's JSON reader, on purpose not with the server's decoder.</summary>
internal sealed class LineScanner
{
    private readonly NameTable _names = new();
    private byte[] _message = new byte[4096];

    /// <summary>Reads one line.</summary>
    /// <exception cref="InvalidDataException">It is not a row of the benchmark.</exception>
    public ScannedLine Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var row = new ScannedLine { Service = "", Level = "", Path = "" };
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            ReadField(name, ref reader, ref row);
        }

        return row.Level.Length > 0 && row.TimeMs > 0
            ? row
            : throw new InvalidDataException($"a line without ts and level: {Encoding.UTF8.GetString(line)}");
    }

    private void ReadField(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ref ScannedLine row)
    {
        if (name.SequenceEqual("message"u8))
        {
            row.Message = reader.ValueIsEscaped ? Unescape(ref reader) : reader.ValueSpan;
        }
        else if (name.SequenceEqual("ts"u8))
        {
            row.TimeMs = ReadTime(reader.ValueSpan);
        }
        else if (name.SequenceEqual("trace_id"u8))
        {
            row.Trace = UInt128.Parse(reader.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        else if (name.SequenceEqual("service"u8))
        {
            row.Service = _names[reader.ValueSpan];
        }
        else if (name.SequenceEqual("level"u8))
        {
            row.Level = _names[reader.ValueSpan];
        }
        else if (name.SequenceEqual("path"u8))
        {
            row.Path = _names[reader.ValueSpan];
        }
        else if (name.SequenceEqual("status"u8))
        {
            row.Status = reader.GetInt32();
        }
        else if (name.SequenceEqual("duration_ms"u8))
        {
            row.DurationMs = reader.GetDouble();
        }
        else if (name.SequenceEqual("user_id"u8))
        {
            row.User = reader.GetInt64();
        }
    }

    private ReadOnlySpan<byte> Unescape(scoped ref Utf8JsonReader reader)
    {
        if (_message.Length < reader.ValueSpan.Length)
        {
            _message = new byte[reader.ValueSpan.Length * 2];
        }

        return _message.AsSpan(0, reader.CopyString(_message));
    }

    // 2026-11-01T00:00:00.000Z
    private static long ReadTime(ReadOnlySpan<byte> text)
    {
        if (text.Length != 24 || text[^1] != 'Z')
        {
            return DateTimeOffset.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        }

        var seconds = new DateTime(
            Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]), Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        return ((seconds.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) + Digits(text[20..23]);
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        int value = 0;
        foreach (byte digit in text)
        {
            value = (value * 10) + digit - '0';
        }

        return value;
    }
}
