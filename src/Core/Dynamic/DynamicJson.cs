using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bongsu.Core.Text;

namespace Bongsu.Core.Dynamic;

/// <summary>JSON text to encoded dynamic values and back (RFC 8259).</summary>
public static class DynamicJson
{
    /// <summary>Deepest nesting accepted; deeper text is refused.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonReaderOptions s_readerOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Options for writing: no escaping beyond what JSON demands, so that Hangul stays readable.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Parses a whole JSON text; false (and nothing kept) where it is not JSON or nests deeper than
    /// <see cref="MaxDepth"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, DynamicWriter writer)
    {
        writer.Clear();
        var reader = new Utf8JsonReader(json, s_readerOptions);
        try
        {
            if (!reader.Read())
            {
                return false;
            }

            WriteCurrent(ref reader, writer);
            return !reader.Read();
        }
        catch (JsonException)
        {
            writer.Clear();
            return false;
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader's answer to invalid UTF-8 or a lone surrogate inside a string.
            writer.Clear();
            return false;
        }
    }

    /// <summary>Writes the value a reader stands on (and moves it to that value's last token).</summary>
    /// <remarks>Of repeated keys the last value wins, as in JavaScript. The reader is over one span. Numbers without
    /// fraction or
    /// exponent that fit
    /// are long, the rest real.</remarks>
    public static void WriteCurrent(ref Utf8JsonReader reader, DynamicWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, writer);
                break;
            case JsonTokenType.StartArray:
                writer.BeginArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    WriteCurrent(ref reader, writer);
                }

                writer.EndArray();
                break;
            case JsonTokenType.String:
                WriteText(ref reader, writer);
                break;
            case JsonTokenType.Number:
                if (reader.TryGetInt64(out long integer))
                {
                    writer.WriteLong(integer);
                }
                else
                {
                    writer.WriteReal(reader.GetDouble());
                }

                break;
            case JsonTokenType.True:
                writer.WriteBool(true);
                break;
            case JsonTokenType.False:
                writer.WriteBool(false);
                break;
            default:
                writer.WriteNull();
                break;
        }
    }

    /// <summary>Writes an encoded value as JSON; times, guids and decimals as strings, non-finite reals as
    /// strings.</summary>
    public static void Write(DynamicReader value, Utf8JsonWriter json)
    {
        switch (value.Kind)
        {
            case DynamicKind.Null:
                json.WriteNullValue();
                break;
            case DynamicKind.False or DynamicKind.True:
                json.WriteBooleanValue(value.Kind == DynamicKind.True);
                break;
            case DynamicKind.Long:
                json.WriteNumberValue(value.AsLong);
                break;
            case DynamicKind.Real when double.IsFinite(value.AsReal):
                WriteReal(value.AsReal, json);
                break;
            case DynamicKind.Real:
                json.WriteStringValue(ScalarText.Format(value.AsReal));
                break;
            case DynamicKind.Decimal:
                json.WriteStringValue(value.AsDecimal.ToString(CultureInfo.InvariantCulture));
                break;
            case DynamicKind.String:
                json.WriteStringValue(value.Utf8);
                break;
            case DynamicKind.DateTime:
                json.WriteStringValue(ScalarText.FormatDateTime(value.AsLong));
                break;
            case DynamicKind.TimeSpan:
                json.WriteStringValue(ScalarText.FormatTimeSpan(value.AsLong));
                break;
            case DynamicKind.Guid:
                json.WriteStringValue(value.AsGuid);
                break;
            case DynamicKind.Array:
                json.WriteStartArray();
                for (int index = 0, count = value.Count; index < count; index++)
                {
                    Write(value.ElementAt(index), json);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartObject();
                for (int index = 0, count = value.Count; index < count; index++)
                {
                    json.WritePropertyName(value.KeyAt(index));
                    Write(value.ValueAt(index), json);
                }

                json.WriteEndObject();
                break;
        }
    }

    // A real keeps its point ("1.0"), so that it reads back as a real.
    private static void WriteReal(double value, Utf8JsonWriter json)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E', 'e') < 0 ? text + ".0" : text, skipInputValidation: true);
    }

    private static void WriteObject(ref Utf8JsonReader reader, DynamicWriter writer)
    {
        writer.BeginBag();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            writer.WriteKey(Text(ref reader));
            reader.Read();
            WriteCurrent(ref reader, writer);
        }

        writer.EndBagOfRepeatedKeys();
    }

    // Half a surrogate pair is repaired here, where Utf8JsonReader.GetString would throw.
    private static ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        byte[] room = new byte[reader.ValueSpan.Length];
        JsonEscapes.TryUnescape(reader.ValueSpan, room, out int length);
        return room.AsSpan(0, length);
    }

    private static void WriteText(ref Utf8JsonReader reader, DynamicWriter writer) => writer.WriteString(Text(ref reader));
}
