using System.Buffers.Text;
using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Server.Http.Answers;

/// <summary>Writes the cells of result rows as JSON values (docs/guide/http-api.md, Query).</summary>
internal static class CellWriter
{
    /// <summary>Writes one cell.</summary>
    public static void Write(Vector vector, int row, Utf8JsonWriter json)
    {
        if (vector.IsNull(row))
        {
            json.WriteNullValue();
            return;
        }

        switch (vector.Type)
        {
            case ScalarType.Bool:
                json.WriteBooleanValue(((FixedVector<bool>)vector)[row]);
                break;
            case ScalarType.Int:
                json.WriteNumberValue(((FixedVector<int>)vector)[row]);
                break;
            case ScalarType.Long:
                json.WriteNumberValue(((FixedVector<long>)vector)[row]);
                break;
            case ScalarType.Real:
                WriteReal(((FixedVector<double>)vector)[row], json);
                break;
            case ScalarType.Decimal:
                json.WriteStringValue(ScalarText.Format(((FixedVector<decimal>)vector)[row]));
                break;
            case ScalarType.DateTime:
                WriteDateTime(((FixedVector<long>)vector)[row], json);
                break;
            case ScalarType.TimeSpan:
                json.WriteStringValue(ScalarText.FormatTimeSpan(((FixedVector<long>)vector)[row]));
                break;
            case ScalarType.Guid:
                json.WriteStringValue(((FixedVector<Guid>)vector)[row]);
                break;
            case ScalarType.String:
                json.WriteStringValue(((StringVector)vector)[row]);
                break;
            default:
                DynamicJson.Write(((DynamicVector)vector)[row], json);
                break;
        }
    }

    /// <summary>The text of one cell, for CSV; null is empty.</summary>
    public static string Text(Vector vector, int row) => vector switch
    {
        _ when vector.IsNull(row) => "",
        StringVector strings => strings.GetString(row),
        _ => ScalarText.Format(vector.GetScalar(row)),
    };

    private static void WriteReal(double value, Utf8JsonWriter json)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(ScalarText.Format(value));
        }
    }

    private static void WriteDateTime(long ticks, Utf8JsonWriter json)
    {
        Span<byte> text = stackalloc byte[33];
        Utf8Formatter.TryFormat(new DateTime(ticks, DateTimeKind.Utc), text, out int length, new System.Buffers.StandardFormat('O'));
        json.WriteStringValue(text[..length]);
    }
}
