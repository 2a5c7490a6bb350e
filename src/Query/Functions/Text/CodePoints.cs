namespace Bongsu.Query.Functions.Text;

/// <summary>Positions in characters, as KQL counts them: one per code point.</summary>
internal static class CodePoints
{
    /// <summary>Number of code points of valid UTF-8.</summary>
    public static long Count(ReadOnlySpan<byte> utf8)
    {
        int continuations = 0;
        foreach (byte unit in utf8)
        {
            continuations += (unit & 0xC0) == 0x80 ? 1 : 0;
        }

        return utf8.Length - continuations;
    }

    /// <summary>Number of code points of UTF-16.</summary>
    public static long Count(ReadOnlySpan<char> chars)
    {
        int count = chars.Length;
        foreach (char unit in chars)
        {
            count -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Byte offset of a code point; the length where there are fewer.</summary>
    public static int Offset(ReadOnlySpan<byte> utf8, long index)
    {
        int offset = 0;
        for (; index > 0 && offset < utf8.Length; index--)
        {
            offset++;
            while (offset < utf8.Length && (utf8[offset] & 0xC0) == 0x80)
            {
                offset++;
            }
        }

        return offset;
    }

    /// <summary>A piece of UTF-16 by code points.</summary>
    public static ReadOnlySpan<char> Slice(ReadOnlySpan<char> chars, long start, long length, out int offset)
    {
        offset = Skip(chars, start);
        ReadOnlySpan<char> rest = chars[offset..];
        return rest[..Skip(rest, length)];
    }

    private static int Skip(ReadOnlySpan<char> chars, long count)
    {
        int offset = 0;
        for (; count > 0 && offset < chars.Length; count--)
        {
            offset += char.IsHighSurrogate(chars[offset]) && offset + 1 < chars.Length ? 2 : 1;
        }

        return offset;
    }
}
