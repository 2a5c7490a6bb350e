using System.Globalization;
using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary>A number in any usual notation, <c>nan</c>, or <c>inf</c> with a sign, in any case.</summary>
internal readonly struct RealParser : IValueParser<double>
{
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        text = text.Trim(" \t\r\n"u8);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        bool isNegative = text.StartsWith("-"u8);
        ReadOnlySpan<byte> unsigned = text.TrimStart("+-"u8);
        if (System.Text.Ascii.EqualsIgnoreCase(unsigned, "inf"u8))
        {
            value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        bool isHex = LongParser.TryParse(text, out long number);
        value = number;
        return isHex;
    }

    public static bool TryConvert(DynamicReader primitive, out double value)
    {
        switch (primitive.Kind)
        {
            case DynamicKind.Real:
                value = primitive.AsReal;
                return true;
            case DynamicKind.Decimal:
                value = (double)primitive.AsDecimal;
                return true;
            default:
                bool isInteger = LongParser.TryConvert(primitive, out long number);
                value = number;
                return isInteger;
        }
    }
}
