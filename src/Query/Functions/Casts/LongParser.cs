using System.Globalization;
using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Decimal digits with a sign, or hexadecimal digits after <c>0x</c>.</summary>
internal readonly struct LongParser : IValueParser<long>
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.Length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x')
        {
            return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryConvert(DynamicReader primitive, out long value)
    {
        switch (primitive.Kind)
        {
            case DynamicKind.Long or DynamicKind.DateTime or DynamicKind.TimeSpan:
                value = primitive.AsLong;
                return true;
            case DynamicKind.Real:
                return RealToLong.TryApply(primitive.AsReal, out value);
            case DynamicKind.Decimal:
                return DecimalToLong.TryApply(primitive.AsDecimal, out value);
            default:
                value = primitive.Kind == DynamicKind.True ? 1 : 0;
                return primitive.Kind is DynamicKind.True or DynamicKind.False;
        }
    }
}
