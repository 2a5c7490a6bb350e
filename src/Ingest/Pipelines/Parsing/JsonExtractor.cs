using System.Text;
using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Pipelines.Parsing;

/// <summary>Makes fields of a JSON object: nested ones by dot path, arrays as dynamic values.</summary>
internal sealed class JsonExtractor : TextExtractor
{
    private const int MaxDepth = 32;

    public override bool TryExtract(ReadOnlySpan<byte> text, BatchBuilder builder, string prefix)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.Length < 2 || text[0] != '{' || !IsObject(text))
        {
            return false;
        }

        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        SetObject(ref reader, builder, prefix);
        return true;
    }

    // Read through first: half a document must not leave half its fields.
    private static bool IsObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or a lone surrogate in it: the answer is no.
            return false;
        }
    }

    private static void SetObject(ref Utf8JsonReader reader, BatchBuilder builder, string prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = prefix + reader.GetString();
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    SetObject(ref reader, builder, name + ".");
                    break;
                case JsonTokenType.String:
                    builder.SetString(builder.Field(name), Encoding.UTF8.GetBytes(reader.GetString()!));
                    break;
                case JsonTokenType.Number when reader.TryGetInt64(out long whole):
                    builder.SetLong(builder.Field(name), whole);
                    break;
                case JsonTokenType.Number:
                    builder.SetReal(builder.Field(name), reader.GetDouble());
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    builder.SetBool(builder.Field(name), reader.TokenType == JsonTokenType.True);
                    break;
                case JsonTokenType.StartArray:
                    var writer = new DynamicWriter();
                    DynamicJson.WriteCurrent(ref reader, writer);
                    builder.SetDynamic(builder.Field(name), writer.Written);
                    break;
                default:
                    break;
            }
        }
    }
}
