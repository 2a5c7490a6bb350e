using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bongsu.Core.Kernels;

/// <summary>Finds rows whose value differs from the one before.</summary>
public static class RunStarts
{
    /// <summary>Sets the bit of every row but the first whose value differs from that of the row before.</summary>
    /// <typeparam name="T">Of 4 or 8 bytes; reals are compared as their bits.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="words">One bit per row, low bit first; bits that are set stay so.</param>
    public static void Mark<T>(ReadOnlySpan<T> values, Span<ulong> words)
        where T : unmanaged, IBinaryInteger<T>
    {
        int word = 0;
        for (; (word << 6) < values.Length; word++)
        {
            int first = word << 6;
            words[word] |= word > 0 && first + 64 <= values.Length
                ? Compare(values.Slice(first - 1, 65))
                : CompareEach(values, first, Math.Min(64, values.Length - first));
        }
    }

    private static ulong Compare<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong equal = 0;
        int lanes = Vector512<byte>.Count / Unsafe.SizeOf<T>();
        for (int row = 0; row < 64; row += lanes)
        {
            Vector512<T> before = Vector512.Create(values[row..]);
            Vector512<T> after = Vector512.Create(values[(row + 1)..]);
            equal |= Vector512.Equals(before, after).ExtractMostSignificantBits() << row;
        }

        return ~equal;
    }

    private static ulong CompareEach<T>(ReadOnlySpan<T> values, int first, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong bits = 0;
        for (int row = Math.Max(1, first); row < first + count; row++)
        {
            bits |= (values[row] != values[row - 1] ? 1UL : 0) << (row & 63);
        }

        return bits;
    }
}
