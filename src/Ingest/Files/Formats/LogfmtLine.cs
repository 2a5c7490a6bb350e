using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Files.Formats;

/// <summary>A line of <c>key=value</c> pairs throughout (logfmt, as Heroku and Grafana write it).</summary>
internal sealed class LogfmtLine
{
    private const int MaxNameBytes = 128;
    private const int MaxNames = 4096;

    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _names =
        new Dictionary<byte[], string>(ByteNameComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    private readonly string? _timeField;
    private readonly TimeParser _times;
    private byte[] _unescaped = new byte[256];

    /// <param name="timeField">Field to take the time from before all others, or null.</param>
    /// <param name="zone">Zone of times that name none.</param>
    public LogfmtLine(string? timeField, TimeZoneInfo zone)
    {
        _timeField = timeField;
        _times = new TimeParser(zone);
    }

    /// <summary>Reads the line; false (and the record empty) where any word of it is no pair, or there is only
    /// one.</summary>
    public bool TryParse(ReadOnlySpan<byte> line, LogRecord record)
    {
        int at = 0;
        int pairs = 0;
        record.Clear();
        while (true)
        {
            while (at < line.Length && line[at] == ' ')
            {
                at++;
            }

            if (at == line.Length)
            {
                break;
            }

            if (!TryName(line, ref at, out string name) || record.Has(name) ||
                !TryValue(line, ref at, out ReadOnlySpan<byte> value, out bool isQuoted))
            {
                record.Clear();
                return false;
            }

            Add(record, name, value, isQuoted);
            pairs++;
        }

        if (pairs < 2)
        {
            record.Clear();
            return false;
        }

        return true;
    }

    private void Add(LogRecord record, string name, ReadOnlySpan<byte> value, bool isQuoted)
    {
        if (record.Time is null && IsTimeField(name) && _times.TryParse(value, out EventTime time))
        {
            record.Time = time;
        }
        else if (isQuoted || !TryNumber(record, name, value))
        {
            record.AddText(name, value);
        }
    }

    private bool IsTimeField(string name) =>
        _timeField is null
            ? name == "t" || FieldConvention.Resolve(name, out _) == CanonicalField.Timestamp
            : name == _timeField;

    // Only numbers that come back the same: "007" and "1.50" stay text, so no byte is lost.
    private static bool TryNumber(LogRecord record, string name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length > 18 || (value[0] > '9' && value[0] is not ((byte)'t' or (byte)'f')))
        {
            return false;
        }

        Span<byte> again = stackalloc byte[32];
        if (Utf8Parser.TryParse(value, out long whole, out int consumed) && consumed == value.Length)
        {
            whole.TryFormat(again, out int length);
            if (again[..length].SequenceEqual(value))
            {
                record.AddLong(name, whole);
                return true;
            }
        }
        else if (value.Contains((byte)'.') && Utf8Parser.TryParse(value, out double number, out consumed) && consumed == value.Length)
        {
            number.TryFormat(again, out int length, "R", CultureInfo.InvariantCulture);
            if (again[..length].SequenceEqual(value))
            {
                record.AddReal(name, number);
                return true;
            }
        }
        else if (value.SequenceEqual("true"u8) || value.SequenceEqual("false"u8))
        {
            record.AddBool(name, value[0] == 't');
            return true;
        }

        return false;
    }

    private bool TryName(ReadOnlySpan<byte> line, ref int at, out string name)
    {
        int start = at;
        while (at < line.Length && (char.IsAsciiLetterOrDigit((char)line[at]) ||
            line[at] is (byte)'_' or (byte)'.' or (byte)'-' or (byte)'@' or (byte)'/' or >= 0x80))
        {
            at++;
        }

        name = "";
        if (at == start || at - start > MaxNameBytes || at >= line.Length || line[at] != '=')
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = line[start..at];
        at++;
        if (!_names.TryGetValue(bytes, out string? known))
        {
            known = Encoding.UTF8.GetString(bytes);
            if (_names.Dictionary.Count < MaxNames)
            {
                _names.Dictionary.Add(bytes.ToArray(), known);
            }
        }

        name = known;
        return true;
    }

    private bool TryValue(ReadOnlySpan<byte> line, ref int at, out ReadOnlySpan<byte> value, out bool isQuoted)
    {
        int start = at;
        isQuoted = at < line.Length && line[at] == '"';
        if (!isQuoted)
        {
            int end = line[at..].IndexOf((byte)' ');
            at = end < 0 ? line.Length : at + end;
            value = line[start..at];

            // key=a=b is logfmt, key="a"b or an unclosed quote inside is not.
            return !value.Contains((byte)'"');
        }

        at++;
        int length = 0;
        if (_unescaped.Length < line.Length)
        {
            _unescaped = new byte[line.Length];
        }

        for (; at < line.Length && line[at] != '"'; at++)
        {
            byte current = line[at];
            if (current == '\\' && at + 1 < line.Length)
            {
                current = line[++at] switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'t' => (byte)'\t',
                    (byte)'r' => (byte)'\r',
                    (byte)'"' => (byte)'"',
                    (byte)'\\' => (byte)'\\',
                    _ => 0,
                };
                if (current == 0)
                {
                    // An escape of another kind stays as it is written.
                    _unescaped[length++] = (byte)'\\';
                    current = line[at];
                }
            }

            _unescaped[length++] = current;
        }

        value = _unescaped.AsSpan(0, length);
        if (at == line.Length)
        {
            return false;
        }

        at++;
        return at == line.Length || line[at] == ' ';
    }
}
