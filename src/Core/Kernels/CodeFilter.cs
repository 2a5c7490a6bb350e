using System.Runtime.Intrinsics;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Kernels;

/// <summary>Selects rows by their dictionary codes.</summary>
public static class CodeFilter
{
    // Up to so many codes are compared one after the other with a vector of rows.
    private const int MaxComparedCodes = 4;

    /// <summary>Clears the bits of rows whose code is not kept.</summary>
    /// <param name="selection">One bit per row.</param>
    /// <param name="codes">As many codes, each an index of <paramref name="keeps"/>.</param>
    /// <param name="keeps">By code.</param>
    public static void And(Bitmap selection, ReadOnlySpan<int> codes, ReadOnlySpan<bool> keeps)
    {
        int kept = keeps.Count(true);
        if (kept == keeps.Length)
        {
            return;
        }

        if (kept == 0)
        {
            selection.Words.Clear();
            return;
        }

        bool wanted = kept <= keeps.Length - kept;
        Span<int> compared = stackalloc int[MaxComparedCodes];
        int count = Collect(keeps, wanted, compared);
        Span<ulong> words = selection.Words;
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
            {
                continue;
            }

            ReadOnlySpan<int> own = codes.Slice(word << 6, Math.Min(64, codes.Length - (word << 6)));
            words[word] &= count > 0 && own.Length == 64
                ? Compare(own, compared[..count]) ^ (wanted ? 0 : ulong.MaxValue)
                : LookUp(own, keeps);
        }
    }

    // The codes that are (or are not) kept; 0 where they are too many to compare with.
    private static int Collect(ReadOnlySpan<bool> keeps, bool wanted, Span<int> codes)
    {
        int count = 0;
        for (int code = 0; code < keeps.Length; code++)
        {
            if (keeps[code] == wanted)
            {
                if (count == codes.Length)
                {
                    return 0;
                }

                codes[count++] = code;
            }
        }

        return count;
    }

    private static ulong Compare(ReadOnlySpan<int> codes, ReadOnlySpan<int> compared)
    {
        Vector512<int> first = Vector512.Create(codes);
        Vector512<int> second = Vector512.Create(codes[16..]);
        Vector512<int> third = Vector512.Create(codes[32..]);
        Vector512<int> fourth = Vector512.Create(codes[48..]);
        ulong bits = 0;
        foreach (int code in compared)
        {
            Vector512<int> wide = Vector512.Create(code);
            bits |= Vector512.Equals(first, wide).ExtractMostSignificantBits()
                | (Vector512.Equals(second, wide).ExtractMostSignificantBits() << 16)
                | (Vector512.Equals(third, wide).ExtractMostSignificantBits() << 32)
                | (Vector512.Equals(fourth, wide).ExtractMostSignificantBits() << 48);
        }

        return bits;
    }

    private static ulong LookUp(ReadOnlySpan<int> codes, ReadOnlySpan<bool> keeps)
    {
        ulong bits = 0;
        for (int row = 0; row < codes.Length; row++)
        {
            bits |= (keeps[codes[row]] ? 1UL : 0) << row;
        }

        return bits;
    }
}
