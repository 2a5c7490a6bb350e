using System.Buffers.Binary;

namespace Bongsu.Core.Hashing;

/// <summary>A quick 64-bit hash of byte strings and integers; not cryptographic.</summary>
/// <remarks>
/// Each step multiplies two words to 128 bits and folds the halves (the "mum" step of Vladimir Makarov's mum-hash).
/// The function is fixed for a seed: states that leave the process (HyperLogLog) hash with a fixed seed, tables that
/// hold
/// what strangers send with a random one.
/// </remarks>
public static class ByteHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;
    private const ulong Third = 0x165667B19E3779F9;

    /// <summary>Hashes bytes.</summary>
    public static ulong Compute(ReadOnlySpan<byte> bytes, ulong seed)
    {
        ulong low, high;
        int length = bytes.Length;
        if (length <= 16)
        {
            if (length >= 8)
            {
                low = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - 8)..]);
            }
            else if (length >= 4)
            {
                low = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(length - 4)..]);
            }
            else
            {
                low = length == 0 ? 0 : ((ulong)bytes[0] << 16) | ((ulong)bytes[length >> 1] << 8) | bytes[length - 1];
                high = 0;
            }
        }
        else
        {
            ReadOnlySpan<byte> rest = bytes;
            while (rest.Length > 16)
            {
                seed = Fold(
                    BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ First,
                    BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]) ^ seed);
                rest = rest[16..];
            }

            low = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - 16)..]);
            high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - 8)..]);
        }

        return Fold(Second ^ (ulong)length, Fold(low ^ First, high ^ seed ^ Third));
    }

    /// <summary>Hashes the length, the first 16 and the last 16 bytes only: for tables in memory that bound their
    /// steps.</summary>
    public static ulong ComputeEnds(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.Length;
        if (length <= 16)
        {
            return Compute(bytes, seed: 0);
        }

        ulong front = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ First, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ Third);
        ulong back = Fold(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - 16)..]) ^ Second,
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[(length - 8)..]) ^ (ulong)length);
        return front + back;
    }

    /// <summary>Hashes one integer.</summary>
    public static ulong Compute(long value, ulong seed) =>
        Fold((ulong)value ^ Second, Fold((ulong)value ^ seed ^ First, Third));

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
