using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.Otlp;

/// <summary>Rewrites OTLP's JSON form as protobuf, so that both forms are decoded by one decoder.</summary>
/// <remarks>
/// Source: OTLP specification 1.x, "JSON Protobuf Encoding": ids in hexadecimal, 64-bit integers as strings or numbers,
/// enums as
/// numbers, names in lowerCamelCase, unknown names passed over.
/// </remarks>
internal static class OtlpJson
{
    // A record nests about 10 levels before its attributes' own nesting begins, four for each of theirs.
    private const int MaxDepth = 16 + (4 * DynamicJson.MaxDepth);

    private static readonly OtlpField[] s_value =
    [
        new("stringValue", 1, OtlpKind.Text),
        new("boolValue", 2, OtlpKind.Bool),
        new("intValue", 3, OtlpKind.Varint),
        new("doubleValue", 4, OtlpKind.Double),
        new("arrayValue", 5, OtlpKind.Message, () => s_values!),
        new("kvlistValue", 6, OtlpKind.Message, () => s_keyValues!),
        new("bytesValue", 7, OtlpKind.Base64),
    ];

    private static readonly OtlpField[] s_keyValue =
        [new("key", 1, OtlpKind.Text), new("value", 2, OtlpKind.Message, () => s_value)];

    private static readonly OtlpField[] s_values = [new("values", 1, OtlpKind.Message, () => s_value)];

    private static readonly OtlpField[] s_keyValues = [new("values", 1, OtlpKind.Message, () => s_keyValue)];

    private static readonly OtlpField[] s_record =
    [
        new("timeUnixNano", 1, OtlpKind.Fixed64),
        new("severityNumber", 2, OtlpKind.Varint),
        new("severityText", 3, OtlpKind.Text),
        new("body", 5, OtlpKind.Message, () => s_value),
        new("attributes", 6, OtlpKind.Message, () => s_keyValue),
        new("droppedAttributesCount", 7, OtlpKind.Varint),
        new("flags", 8, OtlpKind.Fixed32),
        new("traceId", 9, OtlpKind.Hex),
        new("spanId", 10, OtlpKind.Hex),
        new("observedTimeUnixNano", 11, OtlpKind.Fixed64),
        new("eventName", 12, OtlpKind.Text),
    ];

    private static readonly OtlpField[] s_scope =
    [
        new("name", 1, OtlpKind.Text),
        new("version", 2, OtlpKind.Text),
        new("attributes", 3, OtlpKind.Message, () => s_keyValue),
    ];

    private static readonly OtlpField[] s_resource = [new("attributes", 1, OtlpKind.Message, () => s_keyValue)];

    private static readonly OtlpField[] s_scopeLogs =
        [new("scope", 1, OtlpKind.Message, () => s_scope), new("logRecords", 2, OtlpKind.Message, () => s_record)];

    private static readonly OtlpField[] s_resourceLogs =
        [new("resource", 1, OtlpKind.Message, () => s_resource), new("scopeLogs", 2, OtlpKind.Message, () => s_scopeLogs)];

    private static readonly OtlpField[] s_logsRequest = [new("resourceLogs", 1, OtlpKind.Message, () => s_resourceLogs)];

    /// <summary>Rewrites an <c>ExportLogsServiceRequest</c>.</summary>
    /// <param name="json">The body.</param>
    /// <param name="writer">Takes the message.</param>
    /// <param name="error">Why it is none.</param>
    public static bool TryWriteLogs(ReadOnlySpan<byte> json, ProtobufWriter writer, out string? error)
    {
        _ = KoreanText.ToUtf8(json, out ReadOnlySpan<byte> utf8);
        error = null;
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);

            // Throws where anything follows.
            reader.Read();
            return TryWriteMessage(document.RootElement, s_logsRequest, writer, "$", out error);
        }
        catch (JsonException broken)
        {
            error = $"not JSON at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}";
            return false;
        }
    }

    private static bool TryWriteMessage(
        JsonElement message, OtlpField[] fields, ProtobufWriter writer, string path, out string? error)
    {
        error = null;
        if (message.ValueKind != JsonValueKind.Object)
        {
            error = $"{path}: expected an object, met {message.ValueKind}";
            return false;
        }

        foreach (JsonProperty property in message.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null &&
                Find(fields, property) is { } field &&
                !TryWriteField(property.Value, field, writer, path, out error))
            {
                return false;
            }
        }

        return true;
    }

    private static OtlpField? Find(OtlpField[] fields, JsonProperty property)
    {
        foreach (OtlpField field in fields)
        {
            if (property.NameEquals(field.Name))
            {
                return field;
            }
        }

        return null;
    }

    private static bool TryWriteField(
        JsonElement value, OtlpField field, ProtobufWriter writer, string path, out string? error)
    {
        error = null;
        if (field.Kind != OtlpKind.Message)
        {
            if (TryWriteScalar(value, field, writer))
            {
                return true;
            }

            error = $"{path}.{field.Name}: expected {field.Kind.ToString().ToLowerInvariant()}, met {value.ValueKind}";
            return false;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return TryWriteNested(value, field, writer, path, out error);
        }

        foreach (JsonElement element in value.EnumerateArray())
        {
            if (!TryWriteNested(element, field, writer, path, out error))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryWriteNested(
        JsonElement value, OtlpField field, ProtobufWriter writer, string path, out string? error)
    {
        int start = writer.Begin(field.Number);
        bool isWritten = TryWriteMessage(value, field.Message!(), writer, field.Name, out error);
        error = error is null ? null : $"{path}.{error}";
        writer.End(start);
        return isWritten;
    }

    private static bool TryWriteScalar(JsonElement value, OtlpField field, ProtobufWriter writer)
    {
        switch (field.Kind)
        {
            case OtlpKind.Bool when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                writer.WriteVarint(field.Number, value.GetBoolean() ? 1UL : 0);
                return true;
            case OtlpKind.Double when TryDouble(value, out double real):
                writer.WriteFixed64(field.Number, BitConverter.DoubleToUInt64Bits(real));
                return true;
            case OtlpKind.Fixed64 or OtlpKind.Fixed32 or OtlpKind.Varint when TryInteger(value, out ulong number):
                WriteInteger(field, number, writer);
                return true;
            case OtlpKind.Text or OtlpKind.Hex or OtlpKind.Base64 when value.ValueKind == JsonValueKind.String:
                return TryWriteText(value, field, writer);
            default:
                return false;
        }
    }

    private static void WriteInteger(OtlpField field, ulong number, ProtobufWriter writer)
    {
        switch (field.Kind)
        {
            case OtlpKind.Fixed64:
                writer.WriteFixed64(field.Number, number);
                break;
            case OtlpKind.Fixed32:
                writer.WriteFixed32(field.Number, (uint)number);
                break;
            default:
                writer.WriteVarint(field.Number, number);
                break;
        }
    }

    private static bool TryWriteText(JsonElement value, OtlpField field, ProtobufWriter writer)
    {
        ReadOnlySpan<byte> text = Text(value);
        byte[] bytes = new byte[text.Length];
        switch (field.Kind)
        {
            case OtlpKind.Hex:
                if (Convert.FromHexString(text, bytes, out _, out int written) != OperationStatus.Done)
                {
                    return false;
                }

                writer.WriteBytes(field.Number, bytes.AsSpan(0, written));
                return true;
            case OtlpKind.Base64:
                if (Base64.DecodeFromUtf8(text, bytes, out _, out int decoded) != OperationStatus.Done)
                {
                    return false;
                }

                writer.WriteBytes(field.Number, bytes.AsSpan(0, decoded));
                return true;
            default:
                writer.WriteBytes(field.Number, text);
                return true;
        }
    }

    // The text of a string, half surrogate pairs repaired.
    private static ReadOnlySpan<byte> Text(JsonElement value)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (!raw.Contains((byte)'\\'))
        {
            return raw;
        }

        byte[] room = new byte[raw.Length];
        JsonEscapes.TryUnescape(raw, room, out int length);
        return room.AsSpan(0, length);
    }

    private static bool TryInteger(JsonElement value, out ulong number)
    {
        number = 0;
        ReadOnlySpan<byte> text = value.ValueKind switch
        {
            JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(value),
            JsonValueKind.String => Text(value),
            _ => default,
        };
        if (Utf8Parser.TryParse(text, out long signed, out int consumed) && consumed == text.Length && consumed > 0)
        {
            number = (ulong)signed;
            return true;
        }

        return Utf8Parser.TryParse(text, out number, out consumed) && consumed == text.Length;
    }

    private static bool TryDouble(JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out number),
            JsonValueKind.String => double.TryParse(Encoding.UTF8.GetString(Text(value)), CultureInfo.InvariantCulture, out number),
            _ => false,
        };
    }
}
