using System.Globalization;
using Bongsu.Core.Types;
using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>The text between the parentheses of a typed literal (<c>datetime(…)</c>, <c>timespan(…)</c>, <c>real(…)</c>
/// …).</summary>
internal static class LiteralText
{
    /// <summary>Parses a value; <c>null</c> gives the type's null.</summary>
    public static bool TryParse(ScalarType type, string text, out Scalar value)
    {
        text = Unquote(text.Trim());
        if (text.Length == 0 || text == "null")
        {
            value = Scalar.Null(type);
            return text.Length > 0 && type != ScalarType.String;
        }

        object? parsed = type switch
        {
            ScalarType.Bool => ParseBool(text),
            ScalarType.Int => ParseLong(text) is long wide and >= int.MinValue and <= int.MaxValue ? (int)wide : null,
            ScalarType.Long => ParseLong(text),
            ScalarType.Real => ParseReal(text),
            ScalarType.Decimal =>
                decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
                ? number
                : null,
            ScalarType.DateTime => DateTimeText.TryParse(text, out long ticks) ? ticks : null,
            ScalarType.TimeSpan => TimeSpanText.TryParse(text, out long span) ? span : null,
            ScalarType.Guid => Guid.TryParse(text, out Guid guid) ? guid : null,
            _ => null,
        };
        value = new Scalar(type, parsed);
        return parsed is not null;
    }

    /// <summary>A number with a unit, for instance <c>2.5</c> and <c>h</c>.</summary>
    public static bool TryParseDuration(ReadOnlySpan<char> number, string unit, out long ticks)
    {
        ticks = 0;
        long unitTicks = TimeSpanText.UnitTicks(unit);
        if (unitTicks == 0
            || !decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal count))
        {
            return false;
        }

        return TryRound(count, unitTicks, out ticks);
    }

    private static bool TryRound(decimal count, long unitTicks, out long ticks)
    {
        ticks = 0;
        if (Math.Abs(count) > long.MaxValue / unitTicks)
        {
            return false;
        }

        ticks = (long)decimal.Round(count * unitTicks);
        return true;
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    private static object? ParseBool(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    private static long? ParseLong(string text)
    {
        bool isNegative = text[0] == '-';
        ReadOnlySpan<char> digits = text.AsSpan(isNegative || text[0] == '+' ? 1 : 0).Trim();
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ulong.TryParse(
                digits[2..],
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out ulong hex)
                ? unchecked(isNegative ? -(long)hex : (long)hex)
                : null;
        }

        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0]))
        {
            return null;
        }

        return long.TryParse(
            (isNegative ? "-" : "") + digits.ToString(),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out long value)
            ? value
            : null;
    }

    private static object? ParseReal(string text) => text.ToLowerInvariant() switch
    {
        "nan" => double.NaN,
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null,
    };
}
