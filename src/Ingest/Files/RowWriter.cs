using System.Buffers;
using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Ingest.Files;

/// <summary>Writes records as NDJSON, for <c>POST /ingest/{table}</c>. Not thread-safe.</summary>
internal sealed class RowWriter : IDisposable
{
    // What the server takes in one row (DecodeLimits.MaxRowBytes).
    private const int MaxRowBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _row = new(4096);
    private readonly Utf8JsonWriter _json;

    /// <summary>A writer.</summary>
    public RowWriter()
    {
        _json = new Utf8JsonWriter(_row, DynamicJson.WriterOptions);
    }

    /// <summary>Writes a record as one line; as several where escaping makes its message too long for one
    /// row.</summary>
    /// <returns>Rows written.</returns>
    public int Write(LogRecord record, ArrayBufferWriter<byte> destination)
    {
        if (record.IsJson)
        {
            if (record.Json.Length + TimeText.MaxBytes + 16 <= MaxRowBytes)
            {
                WriteJson(record, destination);
                return 1;
            }

            return WriteParts(record, record.Json, destination);
        }

        Fill(record, record.Message, part: 0, withFields: true);
        if (_row.WrittenCount <= MaxRowBytes)
        {
            Take(destination);
            return 1;
        }

        return WriteParts(record, record.Message, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private static void WriteJson(LogRecord record, ArrayBufferWriter<byte> destination)
    {
        ReadOnlySpan<byte> json = record.Json;
        if (record.IsTimeInherited)
        {
            destination.Write("{\"timestamp\":\""u8);
            Span<byte> time = stackalloc byte[TimeText.MaxBytes];
            destination.Write(time[..TimeText.Write(record.Time!.Value, time)]);
            ReadOnlySpan<byte> rest = json[1..].TrimStart(" \t"u8);
            destination.Write(rest[0] == '}' ? "\""u8 : "\","u8);
            json = rest;
        }

        destination.Write(json);
        destination.Write("\n"u8);
    }

    // Control characters grow sixfold, so a sixth of the limit always fits; the fields go with the first piece.
    private int WriteParts(LogRecord record, ReadOnlySpan<byte> text, ArrayBufferWriter<byte> destination)
    {
        const int PieceBytes = MaxRowBytes / 7;
        int part = 0;
        do
        {
            int length = Math.Min(text.Length, PieceBytes);
            while (length < text.Length && (text[length] & 0xC0) == 0x80)
            {
                length--;
            }

            part++;
            Fill(record, text[..length], part, withFields: part == 1 && !record.IsJson);
            if (_row.WrittenCount > MaxRowBytes)
            {
                // The fields alone are too long: they are rows of their own.
                part += WriteFieldParts(record, part, destination) - 1;
                Fill(record, text[..length], ++part, withFields: false);
            }

            Take(destination);
            text = text[length..];
        }
        while (!text.IsEmpty);
        return part;
    }

    private int WriteFieldParts(LogRecord record, int part, ArrayBufferWriter<byte> destination)
    {
        int rows = 0;
        foreach (RecordField field in record.Fields)
        {
            if (field.Kind == FieldKind.Text && field.Name != FieldConvention.Message)
            {
                ReadOnlySpan<byte> value = record.Bytes(field);
                for (int at = 0; at < value.Length;)
                {
                    int length = Math.Min(value.Length - at, MaxRowBytes / 7);
                    while (at + length < value.Length && (value[at + length] & 0xC0) == 0x80)
                    {
                        length--;
                    }

                    Begin(record);
                    _json.WriteString(field.Name, value.Slice(at, length));
                    End(part + rows++);
                    Take(destination);
                    at += length;
                }
            }
        }

        return Math.Max(rows, 1);
    }

    private void Fill(LogRecord record, ReadOnlySpan<byte> message, int part, bool withFields)
    {
        Begin(record);
        bool hasPart = false;
        if (withFields)
        {
            foreach (RecordField field in record.Fields)
            {
                hasPart |= field.Name == RecordAssembler.LinePart;
                WriteField(record, field);
            }
        }

        if (record.HasMessage || !withFields)
        {
            _json.WriteString(FieldConvention.Message, message);
        }

        End(hasPart ? 0 : part);
    }

    private void Begin(LogRecord record)
    {
        _row.ResetWrittenCount();
        _json.Reset(_row);
        _json.WriteStartObject();
        Span<byte> time = stackalloc byte[TimeText.MaxBytes];
        _json.WriteString(FieldConvention.Timestamp, time[..TimeText.Write(record.Time!.Value, time)]);
    }

    private void End(int part)
    {
        if (part > 0)
        {
            _json.WriteNumber(RecordAssembler.LinePart, part);
        }

        _json.WriteEndObject();
        _json.Flush();
    }

    private void Take(ArrayBufferWriter<byte> destination)
    {
        destination.Write(_row.WrittenSpan);
        destination.Write("\n"u8);
    }

    private void WriteField(LogRecord record, RecordField field)
    {
        switch (field.Kind)
        {
            case FieldKind.Text when field.Name != FieldConvention.Message:
                _json.WriteString(field.Name, record.Bytes(field));
                break;
            case FieldKind.Long:
                _json.WriteNumber(field.Name, field.Number);
                break;
            case FieldKind.Real:
                _json.WriteNumber(field.Name, BitConverter.Int64BitsToDouble(field.Number));
                break;
            case FieldKind.Bool:
                _json.WriteBoolean(field.Name, field.Number != 0);
                break;
            default:
                break;
        }
    }
}
