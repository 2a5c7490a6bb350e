using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary>See <see cref="TimeSpanText"/>; integers are ticks.</summary>
internal readonly struct TimeSpanParser : IValueParser<long>
{
    public static bool TryParse(ReadOnlySpan<byte> text, out long value) => TimeSpanText.TryParse(text, out value);

    public static bool TryConvert(DynamicReader primitive, out long value)
    {
        bool fits = primitive.Kind is DynamicKind.TimeSpan or DynamicKind.Long;
        value = fits ? primitive.AsLong : 0;
        return fits;
    }
}
