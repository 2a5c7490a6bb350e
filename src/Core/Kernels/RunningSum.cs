using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bongsu.Core.Kernels;

/// <summary>Differences back into values, eight or sixteen at a time where the machine has such vectors.</summary>
internal static class RunningSum
{
    /// <summary>Replaces each value by the sum of it and all before it, each times a factor (wrapping).</summary>
    /// <param name="values">The differences, then the values.</param>
    /// <param name="sum">What comes before them.</param>
    /// <param name="factor">Of each difference.</param>
    /// <returns>The last value.</returns>
    public static T Replace<T>(Span<T> values, T sum, T factor)
        where T : unmanaged, IBinaryInteger<T>
    {
        int row = 0;
        if (Vector512.IsHardwareAccelerated && Unsafe.SizeOf<T>() == sizeof(long))
        {
            long wide = long.CreateTruncating(sum);
            row = ReplaceWide(MemoryMarshal.Cast<T, long>(values), ref wide, long.CreateTruncating(factor));
            sum = T.CreateTruncating(wide);
        }
        else if (Vector512.IsHardwareAccelerated && Unsafe.SizeOf<T>() == sizeof(int))
        {
            int narrow = int.CreateTruncating(sum);
            row = ReplaceNarrow(MemoryMarshal.Cast<T, int>(values), ref narrow, int.CreateTruncating(factor));
            sum = T.CreateTruncating(narrow);
        }

        for (; row < values.Length; row++)
        {
            sum = unchecked(sum + (values[row] * factor));
            values[row] = sum;
        }

        return sum;
    }

    // Each lane takes in the one before it, then what is two before, then four: sums of all before in three steps.
    private static int ReplaceWide(Span<long> values, ref long sum, long factor)
    {
        Vector512<long> factors = Vector512.Create(factor);
        Vector512<long> before = Vector512.Create(sum);
        int row = 0;
        for (; row <= values.Length - Vector512<long>.Count; row += Vector512<long>.Count)
        {
            Span<long> room = values.Slice(row, Vector512<long>.Count);
            Vector512<long> lanes = Vector512.Create<long>(room) * factors;
            lanes += Vector512.Shuffle(lanes, Vector512.Create(8L, 0, 1, 2, 3, 4, 5, 6));
            lanes += Vector512.Shuffle(lanes, Vector512.Create(8L, 8, 0, 1, 2, 3, 4, 5));
            lanes += Vector512.Shuffle(lanes, Vector512.Create(8L, 8, 8, 8, 0, 1, 2, 3));
            lanes += before;
            lanes.CopyTo(room);
            before = Vector512.Shuffle(lanes, Vector512.Create(7L));
        }

        sum = before[0];
        return row;
    }

    private static int ReplaceNarrow(Span<int> values, ref int sum, int factor)
    {
        Vector512<int> factors = Vector512.Create(factor);
        Vector512<int> before = Vector512.Create(sum);
        int row = 0;
        for (; row <= values.Length - Vector512<int>.Count; row += Vector512<int>.Count)
        {
            Span<int> room = values.Slice(row, Vector512<int>.Count);
            Vector512<int> lanes = Vector512.Create<int>(room) * factors;
            lanes += Vector512.Shuffle(lanes, Vector512.Create(16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
            lanes += Vector512.Shuffle(lanes, Vector512.Create(16, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13));
            lanes += Vector512.Shuffle(lanes, Vector512.Create(16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
            lanes += Vector512.Shuffle(lanes, Vector512.Create(16, 16, 16, 16, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7));
            lanes += before;
            lanes.CopyTo(room);
            before = Vector512.Shuffle(lanes, Vector512.Create(15));
        }

        sum = before[0];
        return row;
    }
}
