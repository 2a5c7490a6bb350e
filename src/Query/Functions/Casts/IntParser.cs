using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary>A <see cref="LongParser"/> with the range of 32 bits.</summary>
internal readonly struct IntParser : IValueParser<int>
{
    public static bool TryParse(ReadOnlySpan<byte> text, out int value) =>
        Narrow(LongParser.TryParse(text, out long number), number, out value);

    public static bool TryConvert(DynamicReader primitive, out int value) =>
        Narrow(LongParser.TryConvert(primitive, out long number), number, out value);

    private static bool Narrow(bool isNumber, long number, out int value)
    {
        value = unchecked((int)number);
        return isNumber && value == number;
    }
}
