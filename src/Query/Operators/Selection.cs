using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators;

/// <summary>Truth vectors as selection bitmaps.</summary>
internal static class Selection
{
    /// <summary>Clears the bits of rows that are false or null.</summary>
    /// <param name="kept">One bit per row.</param>
    /// <param name="truth">As many rows.</param>
    public static void AndTrue(Bitmap kept, FixedVector<bool> truth)
    {
        if (truth.IsConstant)
        {
            if (truth.Length > 0 && (!truth[0] || truth.IsNull(0)))
            {
                kept.Words.Clear();
            }

            return;
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(truth.Values);
        Span<ulong> words = kept.Words;
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] != 0)
            {
                words[word] &= Bits(bytes[(word << 6)..]);
            }
        }

        if (truth.Validity is not null)
        {
            kept.And(truth.Validity);
        }
    }

    // The next (up to) 64 bytes as bits, 1 where not 0.
    private static ulong Bits(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 64)
        {
            return ~Vector512.Equals(Vector512.Create(bytes), Vector512<byte>.Zero).ExtractMostSignificantBits();
        }

        ulong bits = 0;
        for (int row = 0; row < bytes.Length; row++)
        {
            bits |= (bytes[row] != 0 ? 1UL : 0) << row;
        }

        return bits;
    }
}
