using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary><c>true</c>, <c>false</c> in any case, or a number that is zero or not.</summary>
internal readonly struct BoolParser : IValueParser<bool>
{
    public static bool TryParse(ReadOnlySpan<byte> text, out bool value)
    {
        text = text.Trim(" \t\r\n"u8);
        value = System.Text.Ascii.EqualsIgnoreCase(text, "true"u8);
        if (value || System.Text.Ascii.EqualsIgnoreCase(text, "false"u8))
        {
            return true;
        }

        bool isNumber = LongParser.TryParse(text, out long number);
        value = number != 0;
        return isNumber;
    }

    public static bool TryConvert(DynamicReader primitive, out bool value)
    {
        value = primitive.Kind switch
        {
            DynamicKind.True => true,
            DynamicKind.Long => primitive.AsLong != 0,
            DynamicKind.Real => primitive.AsReal != 0,
            DynamicKind.Decimal => primitive.AsDecimal != 0,
            _ => false,
        };
        return primitive.Kind is DynamicKind.True or DynamicKind.False or DynamicKind.Long or DynamicKind.Real or DynamicKind.Decimal;
    }
}
