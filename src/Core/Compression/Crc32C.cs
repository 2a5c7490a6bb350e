using System.Numerics;
using System.Runtime.InteropServices;

namespace Bongsu.Core.Compression;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4). Of <c>123456789</c>: E3069283.</summary>
public static class Crc32C
{
    private const int LaneBytes = 1024;

    private static readonly uint[] s_pastLane = MakePastLane();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of bytes that follow others whose checksum is known.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        while (bytes.Length >= 3 * LaneBytes)
        {
            state = AppendLanes(state, bytes[..(3 * LaneBytes)]);
            bytes = bytes[(3 * LaneBytes)..];
        }

        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            state = BitOperations.Crc32C(state, LittleEndian(word));
        }

        foreach (byte value in bytes[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }

    // The instruction takes three cycles, but one can begin in each: three runs of bytes at a time. Those behind begin from
    // zero; what the bytes before them make is led past their length by tables, and added.
    private static uint AppendLanes(uint state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> first = MemoryMarshal.Cast<byte, ulong>(bytes[..LaneBytes]);
        ReadOnlySpan<ulong> second = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(LaneBytes, LaneBytes));
        ReadOnlySpan<ulong> third = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(2 * LaneBytes, LaneBytes));
        uint secondState = 0;
        uint thirdState = 0;
        for (int word = 0; word < first.Length && word < second.Length && word < third.Length; word++)
        {
            state = BitOperations.Crc32C(state, LittleEndian(first[word]));
            secondState = BitOperations.Crc32C(secondState, LittleEndian(second[word]));
            thirdState = BitOperations.Crc32C(thirdState, LittleEndian(third[word]));
        }

        return PastLane(PastLane(state) ^ secondState) ^ thirdState;
    }

    // The state after a lane of zeros: linear in the state, so by its four bytes.
    private static uint PastLane(uint state) =>
        s_pastLane[state & 0xFF] ^ s_pastLane[256 + (state >> 8 & 0xFF)] ^
        s_pastLane[512 + (state >> 16 & 0xFF)] ^ s_pastLane[768 + (state >> 24)];

    private static uint[] MakePastLane()
    {
        uint[] table = new uint[4 * 256];
        for (int bit = 0; bit < 32; bit++)
        {
            uint state = 1u << bit;
            for (int word = 0; word < LaneBytes / sizeof(ulong); word++)
            {
                state = BitOperations.Crc32C(state, 0UL);
            }

            int start = bit / 8 * 256;
            int own = 1 << (bit % 8);
            for (int rest = 0; rest < own; rest++)
            {
                table[start + own + rest] = table[start + rest] ^ state;
            }
        }

        return table;
    }

    private static ulong LittleEndian(ulong word) => BitConverter.IsLittleEndian ? word : ReverseBytes(word);

    private static ulong ReverseBytes(ulong word) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
}
