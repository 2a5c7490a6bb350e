using System.Buffers.Binary;
using System.Numerics;

namespace Bongsu.Core.Kernels;

/// <summary>Integers of a fixed number of bits, one after the other, least significant bit first.</summary>
internal static class BitPacking
{
    /// <summary>Bytes read past the packed values when unpacking; whoever writes them leaves room.</summary>
    public const int SlackBytes = 8;

    // A value of so many bits is always within the eight bytes its first bit is in.
    private const int MaxBitsInOneLoad = 57;

    /// <summary>Bytes of so many packed values, without slack.</summary>
    public static int PackedBytes(int count, int bits) => checked((int)(((long)count * bits + 7) >> 3));

    /// <summary>Bits that hold every value from 0 to <paramref name="range"/>.</summary>
    public static int BitsFor(ulong range) => 64 - BitOperations.LeadingZeroCount(range);

    /// <summary>Packs <c>value - min</c> of each value (wrapping), which fits the bits; bytes past the result are
    /// untouched.</summary>
    public static void Pack(ReadOnlySpan<long> values, long min, int bits, Span<byte> destination)
    {
        ulong pending = 0;
        int pendingBits = 0;
        int position = 0;
        foreach (long value in values)
        {
            ulong offset = (ulong)(value - min);
            pending |= offset << pendingBits;
            if (pendingBits + bits >= 64)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(destination[position..], pending);
                position += 8;
                int taken = 64 - pendingBits;
                pending = taken == 64 ? 0 : offset >> taken;
                pendingBits = bits - taken;
            }
            else
            {
                pendingBits += bits;
            }
        }

        for (; pendingBits > 0; pendingBits -= 8)
        {
            destination[position++] = (byte)pending;
            pending >>= 8;
        }
    }

    /// <summary>Unpacks and adds <paramref name="min"/> (wrapping; the low bits where <typeparamref name="T"/> is
    /// narrower).</summary>
    /// <param name="packed">The packed values and <see cref="SlackBytes"/> more.</param>
    /// <param name="bits">0 to 64.</param>
    /// <param name="min">Added to each.</param>
    /// <param name="values">Filled.</param>
    public static void Unpack<T>(ReadOnlySpan<byte> packed, int bits, long min, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (bits == 0)
        {
            values.Fill(T.CreateTruncating(min));
            return;
        }

        int unpacked = BitUnpacking.Unpack(packed, bits, min, values);
        long bit = (long)unpacked * bits;
        if (bits > MaxBitsInOneLoad)
        {
            UnpackWide(packed, bits, min, values);
            return;
        }

        ulong mask = (1UL << bits) - 1;
        for (int row = unpacked; row < values.Length; row++, bit += bits)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(packed[(int)(bit >> 3)..]);
            values[row] = T.CreateTruncating((long)(word >> (int)(bit & 7) & mask) + min);
        }
    }

    /// <summary>One packed value.</summary>
    /// <param name="packed">The packed values and <see cref="SlackBytes"/> more.</param>
    /// <param name="bits">1 to 64.</param>
    /// <param name="index">Which.</param>
    public static ulong ValueAt(ReadOnlySpan<byte> packed, int bits, int index)
    {
        long bit = (long)index * bits;
        int position = (int)(bit >> 3);
        int shift = (int)(bit & 7);
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(packed[position..]) >> shift;
        if (shift + bits > 64)
        {
            value |= (ulong)packed[position + 8] << (64 - shift);
        }

        return value & (ulong.MaxValue >> (64 - bits));
    }

    private static void UnpackWide<T>(ReadOnlySpan<byte> packed, int bits, long min, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong mask = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
        long bit = 0;
        for (int row = 0; row < values.Length; row++, bit += bits)
        {
            int position = (int)(bit >> 3);
            int shift = (int)(bit & 7);
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(packed[position..]) >> shift;
            if (shift != 0)
            {
                value |= (ulong)packed[position + 8] << (64 - shift);
            }

            values[row] = T.CreateTruncating((long)(value & mask) + min);
        }
    }
}
