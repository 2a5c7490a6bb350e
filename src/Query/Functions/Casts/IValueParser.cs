using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary>Reads values of one type out of text and out of dynamic primitives.</summary>
internal interface IValueParser<T>
{
    /// <summary>Reads text; white space around it is allowed.</summary>
    static abstract bool TryParse(ReadOnlySpan<byte> text, out T value);

    /// <summary>Converts a dynamic that is neither null, string, array nor bag.</summary>
    static abstract bool TryConvert(DynamicReader primitive, out T value);
}
