using System.Globalization;
using System.Text;
using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Query.Functions.Casts;

namespace Bongsu.Conformance;

/// <summary>Whether a value is what a source prints, by the rules of the case collection.</summary>
internal static class CellComparer
{
    /// <summary>Compares one cell.</summary>
    /// <param name="expected">As printed; null for null.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="arraysAreSets">Arrays inside dynamics in any order.</param>
    public static bool AreEqual(string? expected, Scalar actual, bool arraysAreSets)
    {
        bool isNothing = actual.IsNull
            || actual.Value is ""
            || (actual.Value is byte[] encoded && new DynamicReader(encoded).IsNull);
        if (string.IsNullOrEmpty(expected) || expected == "null")
        {
            return isNothing || (expected == "null" && actual.Value is "null");
        }

        if (actual.IsNull)
        {
            return false;
        }

        string text = expected.Trim();
        return actual.Value switch
        {
            bool truth => text.Equals(truth ? "true" : "false", StringComparison.OrdinalIgnoreCase) || text == (truth ? "1" : "0"),
            long ticks when actual.Type == ScalarType.DateTime => IsTime(text, ticks),
            long ticks when actual.Type == ScalarType.TimeSpan => TimeSpanText.TryParse(text, out long span) && span == ticks,
            long number => text == number.ToString(CultureInfo.InvariantCulture),
            int number => text == number.ToString(CultureInfo.InvariantCulture),
            double real => IsReal(text, real),
            decimal number => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal wanted) && wanted == number,
            Guid guid => Guid.TryParse(text, out Guid wanted) && wanted == guid,
            string value => text == value.Trim(),
            byte[] dynamic => IsDynamic(text, dynamic, arraysAreSets),
            _ => false,
        };
    }

    private static bool IsTime(string text, long ticks)
    {
        if (!DateTimeText.TryParse(text, out long wanted))
        {
            return false;
        }

        // At the precision printed.
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int digits = point < 0 ? 0 : text.AsSpan(point + 1).TrimEnd('Z').Length;
        long unit = (long)Math.Pow(10, 7 - Math.Min(7, digits));
        return wanted / unit == ticks / unit;
    }

    private static bool IsReal(string text, double actual)
    {
        switch (text)
        {
            case "NaN":
                return double.IsNaN(actual);
            case "Infinity" or "∞":
                return double.IsPositiveInfinity(actual);
            case "-Infinity" or "-∞":
                return double.IsNegativeInfinity(actual);
            default:
                break;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double wanted))
        {
            return false;
        }

        double error = Math.Abs(wanted - actual);
        if (wanted == actual || error <= 1e-9 || error <= 1e-6 * Math.Abs(wanted))
        {
            return true;
        }

        // Fewer digits printed: ours rounds or cuts to it.
        int point = text.IndexOf('.', StringComparison.Ordinal);
        if (text.Contains('e', StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int digits = point < 0 ? 0 : text.Length - point - 1;
        double scale = Math.Pow(10, digits);
        return error < 0.500001 / scale || Math.Truncate(actual * scale) / scale == wanted;
    }

    private static bool IsDynamic(string text, byte[] encoded, bool arraysAreSets)
    {
        string ours = ScalarText.FormatJson(new DynamicReader(encoded));
        using var actual = JsonDocument.Parse(ours);
        try
        {
            using var wanted = JsonDocument.Parse(text);
            if (AreEqual(wanted.RootElement, actual.RootElement, arraysAreSets))
            {
                return true;
            }
        }
        catch (JsonException)
        {
            // A bare string.
        }

        return actual.RootElement.ValueKind == JsonValueKind.String && actual.RootElement.GetString()!.Trim() == text;
    }

    private static bool AreEqual(JsonElement wanted, JsonElement actual, bool arraysAreSets)
    {
        if (wanted.ValueKind == JsonValueKind.Number && actual.ValueKind is JsonValueKind.Number)
        {
            return IsReal(wanted.GetRawText(), actual.GetDouble());
        }

        if (wanted.ValueKind == JsonValueKind.String && actual.ValueKind == JsonValueKind.String)
        {
            return IsText(wanted.GetString()!, actual.GetString()!);
        }

        if (wanted.ValueKind != actual.ValueKind)
        {
            // Infinities have no JSON number; decimals are strings here.
            return actual.ValueKind == JsonValueKind.String && wanted.ValueKind == JsonValueKind.Number
                && actual.GetString() == wanted.GetRawText();
        }

        switch (wanted.ValueKind)
        {
            case JsonValueKind.Array:
                JsonElement[] left = [.. wanted.EnumerateArray()];
                List<JsonElement> right = [.. actual.EnumerateArray()];
                return left.Length == right.Count && (arraysAreSets
                    ? left.All(element => right.FindIndex(other => AreEqual(element, other, arraysAreSets)) is >= 0 and var found && Remove(right, found))
                    : left.Zip(right).All(pair => AreEqual(pair.First, pair.Second, arraysAreSets)));
            case JsonValueKind.Object:
                return wanted.EnumerateObject().Count() == actual.EnumerateObject().Count()
                    && wanted.EnumerateObject().All(property =>
                        actual.TryGetProperty(property.Name, out JsonElement other) && AreEqual(property.Value, other, arraysAreSets));
            default:
                return true;
        }
    }

    // Times inside dynamics are strings, printed with or without fractions.
    private static bool IsText(string wanted, string actual) =>
        wanted == actual
        || (Encoding.UTF8.GetByteCount(wanted) is > 8 and < 40 && DateTimeText.TryParse(actual, out long ticks) && IsTime(wanted, ticks));

    private static bool Remove(List<JsonElement> elements, int index)
    {
        elements.RemoveAt(index);
        return true;
    }
}
