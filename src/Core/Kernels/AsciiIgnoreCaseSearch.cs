using System.Numerics;
using System.Runtime.Intrinsics;

namespace Bongsu.Core.Kernels;

/// <summary>Substring search that takes A–Z and a–z as equal; all other bytes must be equal.</summary>
/// <remarks>Two anchors, the needle's first and last byte, are compared 32 places at a time; hits of both are
/// verified.</remarks>
public static class AsciiIgnoreCaseSearch
{
    /// <summary>The first place of a needle.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="lowerNeedle">Without A–Z; the empty needle is at 0.</param>
    /// <returns>An index into <paramref name="text"/>, or -1.</returns>
    public static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerNeedle)
    {
        if (lowerNeedle.IsEmpty)
        {
            return 0;
        }

        int last = lowerNeedle.Length - 1;
        int starts = text.Length - last;
        int start = 0;
        if (Vector256.IsHardwareAccelerated && starts >= Vector256<byte>.Count)
        {
            Vector256<byte> first = Vector256.Create(lowerNeedle[0]);
            Vector256<byte> firstCase = Vector256.Create(CaseBit(lowerNeedle[0]));
            Vector256<byte> end = Vector256.Create(lowerNeedle[last]);
            Vector256<byte> endCase = Vector256.Create(CaseBit(lowerNeedle[last]));
            while (start < starts)
            {
                // The last step overlaps the one before: what it finds there again was refused there.
                start = Math.Min(start, starts - Vector256<byte>.Count);
                Vector256<byte> atFirst = Vector256.Create(text.Slice(start, Vector256<byte>.Count)) | firstCase;
                Vector256<byte> atEnd = Vector256.Create(text.Slice(start + last, Vector256<byte>.Count)) | endCase;
                uint hits = (Vector256.Equals(atFirst, first) & Vector256.Equals(atEnd, end)).ExtractMostSignificantBits();
                for (; hits != 0; hits &= hits - 1)
                {
                    int candidate = start + BitOperations.TrailingZeroCount(hits);
                    if (StartsWith(text[candidate..], lowerNeedle))
                    {
                        return candidate;
                    }
                }

                start += Vector256<byte>.Count;
            }

            return -1;
        }

        for (; start < starts; start++)
        {
            if (ToLower(text[start]) == lowerNeedle[0] && StartsWith(text[start..], lowerNeedle))
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>Whether a text begins with a needle without A–Z.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerNeedle)
    {
        if (text.Length < lowerNeedle.Length)
        {
            return false;
        }

        for (int index = 0; index < lowerNeedle.Length; index++)
        {
            if (ToLower(text[index]) != lowerNeedle[index])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A–Z to a–z, everything else as it is.</summary>
    public static byte ToLower(byte value) => (uint)(value - 'A') <= 'Z' - 'A' ? (byte)(value | 0x20) : value;

    private static byte CaseBit(byte lower) => (uint)(lower - 'a') <= 'z' - 'a' ? (byte)0x20 : (byte)0;
}
