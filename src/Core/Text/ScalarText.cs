using System.Globalization;
using System.Text;
using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;

namespace Bongsu.Core.Text;

/// <summary>The text of values as KQL's <c>tostring()</c> prints them.</summary>
public static class ScalarText
{
    /// <summary>Prints a value; null gives the empty string, dynamic compact JSON (a bare string without
    /// quotes).</summary>
    public static string Format(Scalar value) => value.Value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        long ticks when value.Type == ScalarType.DateTime => FormatDateTime(ticks),
        long ticks when value.Type == ScalarType.TimeSpan => FormatTimeSpan(ticks),
        double real => Format(real),
        decimal number => Format(number),
        byte[] encoded => FormatDynamic(new DynamicReader(encoded)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.Value.ToString()!,
    };

    /// <summary>The shortest text that reads back; <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>.</summary>
    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A decimal without trailing zeros.</summary>
    public static string Format(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary><c>2017-10-15T12:00:00.0000000Z</c>.</summary>
    public static string FormatDateTime(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    /// <summary><c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public static string FormatTimeSpan(long ticks) => new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture);

    /// <summary>Compact JSON; a bare string without quotes, null empty.</summary>
    public static string FormatDynamic(DynamicReader value) => value.Kind switch
    {
        DynamicKind.Null => "",
        DynamicKind.String => value.AsString,
        DynamicKind.False => "false",
        DynamicKind.True => "true",
        DynamicKind.Long => value.AsLong.ToString(CultureInfo.InvariantCulture),
        DynamicKind.Real => Format(value.AsReal),
        DynamicKind.Decimal => Format(value.AsDecimal),
        DynamicKind.DateTime => FormatDateTime(value.AsLong),
        DynamicKind.TimeSpan => FormatTimeSpan(value.AsLong),
        DynamicKind.Guid => value.AsGuid.ToString(),
        _ => FormatJson(value),
    };

    /// <summary>Compact JSON of any value.</summary>
    public static string FormatJson(DynamicReader value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, DynamicJson.WriterOptions))
        {
            DynamicJson.Write(value, json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
