using System.Text;

namespace Bongsu.Store.Terms;

/// <summary>Splits text into terms (maximal runs of Unicode letters and digits) and n-grams, folded so that case does
/// not matter.</summary>
/// <remarks>
/// Fold: to upper, then to lower case, one to one and without culture: equal for all texts that are equal ignoring
/// case. Numbers of
/// hashes and trigrams are persisted; docs/formats/part.md.
/// </remarks>
internal static class TermScanner
{
    /// <summary>Number of different ASCII trigrams.</summary>
    public const int TrigramCount = Radix * Radix * Radix;

    private const int Radix = 36;
    private const ulong HashSeed = 0xCBF2_9CE4_8422_2325;
    private const ulong HashFactor = 0x9E37_79B9_7F4A_7C15;

    // 1 to 36 for 0-9, a-z and A-Z; 0 for separators.
    private static readonly byte[] s_ascii = MakeAscii();

    public static void Scan<TSink>(ReadOnlySpan<byte> utf8, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        ulong hash = HashSeed;
        int runStart = -1;
        int length = 0;
        int minCode = int.MaxValue;
        int maxCode = 0;
        int first = 0;
        int second = 0;
        int wide = 0;
        byte[] ascii = s_ascii;
        for (int position = 0; position < utf8.Length;)
        {
            int start = position;
            int code = utf8[position] < 0x80 ? ascii[utf8[position++]] : NextWide(utf8, ref position);
            if (code == 0)
            {
                if (runStart >= 0)
                {
                    sink.Term(Finish(hash), new TermShape(length, minCode, maxCode), runStart == 0, touchesEnd: false);
                    hash = HashSeed;
                    runStart = -1;
                    (length, minCode, maxCode) = (0, int.MaxValue, 0);
                }

                first = second = wide = 0;
                continue;
            }

            if (runStart < 0)
            {
                runStart = start;
            }

            hash = (hash ^ (uint)code) * HashFactor;
            length++;
            minCode = Math.Min(minCode, code);
            maxCode = Math.Max(maxCode, code);
            if (code > Radix)
            {
                if (wide != 0)
                {
                    sink.Bigram(Finish((((ulong)wide << 32) ^ (uint)code) * HashFactor));
                }

                (wide, first, second) = (code, 0, 0);
                continue;
            }

            if (first != 0)
            {
                sink.Trigram(TrigramOf(first, second, code));
            }

            (first, second, wide) = (second, code, 0);
        }

        if (runStart >= 0)
        {
            sink.Term(Finish(hash), new TermShape(length, minCode, maxCode), runStart == 0, touchesEnd: true);
        }
    }

    /// <summary>The number of three codes of ASCII letters or digits.</summary>
    public static int TrigramOf(int first, int second, int third) => (((first - 1) * Radix) + (second - 1)) * Radix + (third - 1);

    /// <summary>The code of an ASCII letter or digit; 0 for all other bytes.</summary>
    public static int AsciiCode(byte value) => value < 0x80 ? s_ascii[value] : 0;

    /// <summary>The hash of a term of so many hexadecimal digits.</summary>
    public static ulong HashOfHex(long number, int digits)
    {
        ulong hash = HashSeed;
        for (int digit = digits - 1; digit >= 0; digit--)
        {
            // 0–9 have the codes 1–10, a–f 11–16.
            hash = (hash ^ (ulong)((number >> (4 * digit) & 15) + 1)) * HashFactor;
        }

        return Finish(hash);
    }

    /// <summary>The letters and digits that a text of whole code points begins with.</summary>
    public static ReadOnlySpan<byte> RunAtStart(ReadOnlySpan<byte> utf8)
    {
        int position = 0;
        for (int next = 0; next < utf8.Length; position = next)
        {
            int code = utf8[next] < 0x80 ? s_ascii[utf8[next++]] : NextWide(utf8, ref next);
            if (code == 0)
            {
                break;
            }
        }

        return utf8[..position];
    }

    /// <summary>The letters and digits that a text of whole code points ends with.</summary>
    public static ReadOnlySpan<byte> RunAtEnd(ReadOnlySpan<byte> utf8)
    {
        int runStart = 0;
        for (int next = 0; next < utf8.Length;)
        {
            int code = utf8[next] < 0x80 ? s_ascii[utf8[next++]] : NextWide(utf8, ref next);
            runStart = code == 0 ? next : runStart;
        }

        return utf8[runStart..];
    }

    private static ulong Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= 0xD6E8_FEB8_6659_FD93;
        return hash ^ (hash >> 29);
    }

    // The code of a rune beyond ASCII: like ASCII where it folds to it, 0 for separators.
    private static int NextWide(ReadOnlySpan<byte> utf8, ref int position)
    {
        Rune.DecodeFromUtf8(utf8[position..], out Rune rune, out int sizeBytes);
        position += Math.Max(1, sizeBytes);
        if (!Rune.IsLetterOrDigit(rune))
        {
            return 0;
        }

        Rune folded = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        return folded.IsAscii ? s_ascii[folded.Value] : folded.Value;
    }

    private static byte[] MakeAscii()
    {
        byte[] codes = new byte[128];
        for (int digit = 0; digit < 10; digit++)
        {
            codes['0' + digit] = (byte)(digit + 1);
        }

        for (int letter = 0; letter < 26; letter++)
        {
            codes['a' + letter] = codes['A' + letter] = (byte)(letter + 11);
        }

        return codes;
    }
}
