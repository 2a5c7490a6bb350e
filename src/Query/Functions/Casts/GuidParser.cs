using System.Buffers;
using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Casts;

/// <summary>32 hexadecimal digits, with or without hyphens and braces.</summary>
internal readonly struct GuidParser : IValueParser<Guid>
{
    public static bool TryParse(ReadOnlySpan<byte> text, out Guid value)
    {
        Span<char> chars = stackalloc char[68];
        text = text.Trim(" \t\r\n"u8);
        value = default;
        return text.Length <= chars.Length
            && System.Text.Ascii.ToUtf16(text, chars, out int written) == OperationStatus.Done
            && Guid.TryParse(chars[..written], out value);
    }

    public static bool TryConvert(DynamicReader primitive, out Guid value)
    {
        value = primitive.Kind == DynamicKind.Guid ? primitive.AsGuid : default;
        return primitive.Kind == DynamicKind.Guid;
    }
}
