using System.Numerics;
using System.Runtime.InteropServices;

namespace Bongsu.Core.Compression;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4). Of <c>123456789</c>: E3069283.</summary>
public static class Crc32C
{
    /// <summary>The checksum of some bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of bytes that follow others whose checksum is known.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            state = BitOperations.Crc32C(state, BitConverter.IsLittleEndian ? word : ReverseBytes(word));
        }

        foreach (byte value in bytes[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }

    private static ulong ReverseBytes(ulong word) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
}
