using System.Runtime.Intrinsics;

namespace Bongsu.Core.Kernels;

/// <summary>Selects rows whose number lies in a range.</summary>
public static class RangeFilter
{
    /// <summary>Sets the bits of rows from <paramref name="min"/> to <paramref name="max"/>, both included, and clears
    /// the others.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="min">Least.</param>
    /// <param name="max">Greatest.</param>
    /// <param name="words">One bit per row, low bit first.</param>
    public static void Mark(ReadOnlySpan<long> values, long min, long max, Span<ulong> words)
    {
        Vector512<long> wideMin = Vector512.Create(min);
        Vector512<long> wideMax = Vector512.Create(max);
        for (int word = 0; (word << 6) < values.Length; word++)
        {
            ReadOnlySpan<long> own = values.Slice(word << 6, Math.Min(64, values.Length - (word << 6)));
            ulong bits = 0;
            int row = 0;
            for (; row <= own.Length - Vector512<long>.Count; row += Vector512<long>.Count)
            {
                Vector512<long> lanes = Vector512.Create(own[row..]);
                Vector512<long> inside = Vector512.GreaterThanOrEqual(lanes, wideMin) & Vector512.LessThanOrEqual(lanes, wideMax);
                bits |= inside.ExtractMostSignificantBits() << row;
            }

            for (; row < own.Length; row++)
            {
                bits |= (own[row] >= min && own[row] <= max ? 1UL : 0) << row;
            }

            words[word] = bits;
        }
    }
}
