using System.Buffers;
using System.Text;
using Bongsu.Core.Kernels;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Comparison of UTF-8 without regard to case: simple folding per code point, no culture.</summary>
/// <remarks>
/// ASCII letters are equal to ASCII letters only (the Kelvin sign is no k), so a text of ASCII can be searched byte by
/// byte.
/// </remarks>
internal static class Utf8CaseFold
{
    /// <summary>The representative of all code points that differ in case only.</summary>
    public static Rune Fold(Rune rune)
    {
        if (rune.IsAscii)
        {
            return new Rune((int)AsciiIgnoreCaseSearch.ToLower((byte)rune.Value));
        }

        Rune folded = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        return folded.IsAscii ? rune : folded;
    }

    /// <summary>True where folding ASCII letters is all that comparing with this text takes (ASCII, Hangul, digits
    /// …).</summary>
    public static bool IsByteFoldable(ReadOnlySpan<byte> text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return true;
        }

        foreach (Rune rune in Encoding.UTF8.GetString(text).EnumerateRunes())
        {
            if (!rune.IsAscii && (Rune.ToUpperInvariant(rune) != rune || Rune.ToLowerInvariant(rune) != rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text folded.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> text)
    {
        byte[] folded = new byte[(text.Length * 2) + 4];
        return folded[..Fold(text, folded)];
    }

    /// <summary>Folds into a buffer of at least twice the length plus 4.</summary>
    /// <returns>Bytes written.</returns>
    public static int Fold(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            if (text[0] < 0x80)
            {
                destination[written++] = AsciiIgnoreCaseSearch.ToLower(text[0]);
                text = text[1..];
                continue;
            }

            if (Rune.DecodeFromUtf8(text, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                written += Fold(rune).EncodeToUtf8(destination[written..]);
            }
            else
            {
                text[..consumed].CopyTo(destination[written..]);
                written += consumed;
            }

            text = text[consumed..];
        }

        return written;
    }

    /// <summary>How many bytes of a text its beginning takes that equals a needle; -1 where it does not begin with
    /// it.</summary>
    public static int MatchPrefix(ReadOnlySpan<byte> text, ReadOnlySpan<byte> needle)
    {
        int length = text.Length;
        while (!needle.IsEmpty)
        {
            if (text.IsEmpty)
            {
                return -1;
            }

            if (text[0] < 0x80 || needle[0] < 0x80)
            {
                if (AsciiIgnoreCaseSearch.ToLower(text[0]) != AsciiIgnoreCaseSearch.ToLower(needle[0]))
                {
                    return -1;
                }

                text = text[1..];
                needle = needle[1..];
                continue;
            }

            Rune.DecodeFromUtf8(text, out Rune left, out int leftBytes);
            Rune.DecodeFromUtf8(needle, out Rune right, out int rightBytes);
            if (left != right && Fold(left) != Fold(right))
            {
                return -1;
            }

            text = text[leftBytes..];
            needle = needle[rightBytes..];
        }

        return length - text.Length;
    }

    /// <summary>Whether a text ends with a needle.</summary>
    public static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> needle)
    {
        while (!needle.IsEmpty)
        {
            if (text.IsEmpty)
            {
                return false;
            }

            Rune.DecodeLastFromUtf8(text, out Rune left, out int leftBytes);
            Rune.DecodeLastFromUtf8(needle, out Rune right, out int rightBytes);
            if (left != right && Fold(left) != Fold(right))
            {
                return false;
            }

            text = text[..^leftBytes];
            needle = needle[..^rightBytes];
        }

        return true;
    }

    /// <summary>Whether two texts are equal.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => MatchPrefix(left, right) == left.Length;
}
