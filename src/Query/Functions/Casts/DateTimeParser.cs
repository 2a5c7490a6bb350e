using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary>See <see cref="DateTimeText"/>; integers are ticks.</summary>
internal readonly struct DateTimeParser : IValueParser<long>
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long value) => DateTimeText.TryParse(text, out value);

    public static bool TryConvert(DynamicReader primitive, out long value)
    {
        value = primitive.Kind is DynamicKind.DateTime or DynamicKind.Long ? primitive.AsLong : -1;
        return Ticks.IsDateTime(value);
    }
}
