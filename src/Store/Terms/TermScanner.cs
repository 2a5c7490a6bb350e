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
    private const int DigitCodes = 10;
    private const int HexCodes = 16;
    private const int MinIdentifierLength = 8;
    private const ulong HashSeed = 0xCBF2_9CE4_8422_2325;
    private const ulong HashFactor = 0x9E37_79B9_7F4A_7C15;

    // 1 to 36 for 0-9, a-z and A-Z; 0 for separators.
    private static readonly byte[] s_ascii = MakeAscii();

    public static void Scan<TSink>(ReadOnlySpan<byte> utf8, ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        ulong hash = HashSeed;
        int runStart = -1;
        int largest = 0;
        int least = int.MaxValue;
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
                    sink.Term(Finish(hash), KindOf(least, largest, start - runStart), runStart == 0, touchesEnd: false);
                    hash = HashSeed;
                    runStart = -1;
                    largest = 0;
                    least = int.MaxValue;
                }

                first = second = wide = 0;
                continue;
            }

            if (runStart < 0)
            {
                runStart = start;
            }

            hash = (hash ^ (uint)code) * HashFactor;
            largest = Math.Max(largest, code);
            least = Math.Min(least, code);
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
                sink.Trigram((((first - 1) * Radix) + (second - 1)) * Radix + (code - 1));
            }

            (first, second, wide) = (second, code, 0);
        }

        if (runStart >= 0)
        {
            sink.Term(Finish(hash), KindOf(least, largest, utf8.Length - runStart), runStart == 0, touchesEnd: true);
        }
    }

    /// <summary>The hash of a number's hexadecimal digits as a term.</summary>
    public static ulong HashOfHex(long number, int digits)
    {
        ulong hash = HashSeed;
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        {
            hash = (hash ^ ((uint)(number >>> shift & 15) + 1)) * HashFactor;
        }

        return Finish(hash);
    }

    /// <summary>Whether a trigram has an ASCII digit.</summary>
    public static bool HasDigit(int trigram) =>
        trigram / (Radix * Radix) < DigitCodes || trigram / Radix % Radix < DigitCodes || trigram % Radix < DigitCodes;

    /// <summary>Calls a sink with all trigrams of the letters a to f.</summary>
    public static void HexTrigrams<TSink>(ref TSink sink)
        where TSink : struct, ITermSink, allows ref struct
    {
        for (int first = DigitCodes; first < HexCodes; first++)
        {
            for (int second = DigitCodes; second < HexCodes; second++)
            {
                for (int third = DigitCodes; third < HexCodes; third++)
                {
                    sink.Trigram((((first * Radix) + second) * Radix) + third);
                }
            }
        }
    }

    private static TermKind KindOf(int leastCode, int largestCode, int sizeBytes) =>
        leastCode > DigitCodes ? TermKind.Word
        : largestCode is > DigitCodes and <= HexCodes && sizeBytes >= MinIdentifierLength ? TermKind.Identifier
        : TermKind.Number;

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
