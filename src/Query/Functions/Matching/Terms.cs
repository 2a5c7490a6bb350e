using System.Text;

namespace Bongsu.Query.Functions.Matching;

/// <summary>
/// Where terms begin and end: a term is a maximal run of Unicode letters and digits; all else separates, <c>_</c> and
/// <c>-</c> too.
/// </summary>
internal static class Terms
{
    /// <summary>True where no letter or digit stands directly before a place.</summary>
    public static bool IsStart(ReadOnlySpan<byte> text, int index)
    {
        if (index == 0)
        {
            return true;
        }

        byte before = text[index - 1];
        if (before < 0x80)
        {
            return !char.IsAsciiLetterOrDigit((char)before);
        }

        Rune.DecodeLastFromUtf8(text[..index], out Rune rune, out _);
        return !Rune.IsLetterOrDigit(rune);
    }

    /// <summary>True where no letter or digit stands directly at a place, which may be the end.</summary>
    public static bool IsEnd(ReadOnlySpan<byte> text, int index)
    {
        if (index == text.Length)
        {
            return true;
        }

        byte next = text[index];
        if (next < 0x80)
        {
            return !char.IsAsciiLetterOrDigit((char)next);
        }

        Rune.DecodeFromUtf8(text[index..], out Rune rune, out _);
        return !Rune.IsLetterOrDigit(rune);
    }
}
