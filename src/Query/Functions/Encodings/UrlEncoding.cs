using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Percent-encoding with lower-case digits.</summary>
internal static class UrlEncoding
{
    /// <summary>Appends a text encoded; letters, digits and <paramref name="kept"/> stay.</summary>
    public static void Append(ReadOnlySpan<byte> text, ReadOnlySpan<byte> kept, bool plusForBlank, StringVectorBuilder output)
    {
        Span<byte> room = output.Reserve(3 * text.Length);
        int written = 0;
        foreach (byte unit in text)
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || kept.Contains(unit))
            {
                room[written++] = unit;
            }
            else if (unit == ' ' && plusForBlank)
            {
                room[written++] = (byte)'+';
            }
            else
            {
                room[written++] = (byte)'%';
                room[written++] = "0123456789abcdef"u8[unit >> 4];
                room[written++] = "0123456789abcdef"u8[unit & 15];
            }
        }

        output.Commit(written);
    }
}
