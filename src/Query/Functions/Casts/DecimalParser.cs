using System.Globalization;
using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary>A decimal number, with or without exponent.</summary>
internal readonly struct DecimalParser : IValueParser<decimal>
{
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value) =>
        decimal.TryParse(text.Trim(" \t\r\n"u8), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    public static bool TryConvert(DynamicReader primitive, out decimal value)
    {
        switch (primitive.Kind)
        {
            case DynamicKind.Decimal:
                value = primitive.AsDecimal;
                return true;
            case DynamicKind.Real:
                return RealToDecimal.TryApply(primitive.AsReal, out value);
            default:
                bool isInteger = LongParser.TryConvert(primitive, out long number);
                value = number;
                return isInteger;
        }
    }
}
