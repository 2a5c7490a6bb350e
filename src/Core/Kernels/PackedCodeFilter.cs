using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;

namespace Bongsu.Core.Kernels;

/// <summary>Selects rows by dictionary codes of few bits, without unpacking them.</summary>
/// <remarks>The first bits of 64 codes are brought together in one word, then the second bits, and so on; what is kept is a
/// function of these words. After Li and Patel, "BitWeaving", SIGMOD 2013, section 4 (there they are stored so).</remarks>
public static class PackedCodeFilter
{
    /// <summary>Most bits of a code.</summary>
    public const int MaxBits = 4;

    private const int WordRows = 64;

    /// <summary>Whether this machine has what it takes.</summary>
    public static bool IsSupported => Bmi2.X64.IsSupported;

    /// <summary>Clears the bits of rows whose code is not kept.</summary>
    /// <param name="words">One bit a row; those beyond the rows are 0.</param>
    /// <param name="packed">The packed codes, and <see cref="BitPacking.SlackBytes"/> bytes more.</param>
    /// <param name="bits">Bits of a code, 1 to <see cref="MaxBits"/>.</param>
    /// <param name="keeps">2^<paramref name="bits"/>, by code.</param>
    public static void And(Span<ulong> words, ReadOnlySpan<byte> packed, int bits, ReadOnlySpan<bool> keeps)
    {
        int kept = keeps.Count(true);
        bool wanted = kept <= keeps.Length - kept;
        Span<ulong> planes = stackalloc ulong[MaxBits];
        Span<byte> padded = stackalloc byte[(WordRows / 8 * MaxBits) + BitPacking.SlackBytes];
        padded.Clear();
        int wordBytes = WordRows / 8 * bits;
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
            {
                continue;
            }

            ReadOnlySpan<byte> own = packed[(word * wordBytes)..];
            if (own.Length >= wordBytes + BitPacking.SlackBytes)
            {
                Collect(own, bits, planes);
            }
            else
            {
                own.CopyTo(padded);
                Collect(padded, bits, planes);
            }

            ulong marked = 0;
            for (int code = 0; code < keeps.Length; code++)
            {
                marked |= keeps[code] == wanted ? Equal(planes, bits, code) : 0;
            }

            words[word] &= wanted ? marked : ~marked;
        }
    }

    private static void Collect(ReadOnlySpan<byte> packed, int bits, Span<ulong> planes)
    {
        // Whole bytes, so that every load begins with a code: 64, 32, 16, 16 of them.
        int loadRows = bits == 3 ? 16 : WordRows / bits;
        int loadBytes = loadRows * bits / 8;
        ulong mask = bits switch { 1 => ulong.MaxValue, 2 => 0x5555_5555_5555_5555, 3 => 0x2492_4924_9249, _ => 0x1111_1111_1111_1111 };
        planes.Clear();
        for (int row = 0; row < WordRows; row += loadRows)
        {
            ulong load = BinaryPrimitives.ReadUInt64LittleEndian(packed);
            packed = packed[loadBytes..];
            for (int bit = 0; bit < bits; bit++)
            {
                planes[bit] |= Bmi2.X64.ParallelBitExtract(load >> bit, mask) << row;
            }
        }
    }

    private static ulong Equal(ReadOnlySpan<ulong> planes, int bits, int code)
    {
        ulong rows = ulong.MaxValue;
        for (int bit = 0; bit < bits; bit++)
        {
            rows &= (code >> bit & 1) != 0 ? planes[bit] : ~planes[bit];
        }

        return rows;
    }
}
