using System.Buffers;
using System.Numerics;
using Bongsu.Core.Kernels;

namespace Bongsu.Core.Encodings;

/// <summary>Integers in groups of 1024, each group with its own base and bit width.</summary>
/// <remarks>
/// Group: zigzag base, byte bits, packed differences. Runs of one value take no bits. After Lemire and Boytsov,
/// "Decoding
/// billions of integers per second through vectorization", 2015 (frame of reference; the packing here is horizontal).
/// </remarks>
internal static class PackedIntegers
{
    /// <summary>Values that share a base and a width.</summary>
    public const int GroupSize = 1024;

    public static void Encode(ReadOnlySpan<long> values, ByteWriter writer)
    {
        for (; !values.IsEmpty; values = values[Math.Min(GroupSize, values.Length)..])
        {
            ReadOnlySpan<long> group = values[..Math.Min(GroupSize, values.Length)];
            (long min, long max) = Range(group);
            int bits = BitPacking.BitsFor((ulong)(max - min));
            int packedBytes = BitPacking.PackedBytes(group.Length, bits);
            writer.WriteZigzag(min);
            writer.WriteByte((byte)bits);
            BitPacking.Pack(group, min, bits, writer.Reserve(packedBytes + BitPacking.SlackBytes));
            writer.Advance(packedBytes);
        }
    }

    /// <summary>Bytes that <see cref="Encode"/> would write, about.</summary>
    public static long EstimateBytes(ReadOnlySpan<long> values)
    {
        long sizeBytes = 0;
        for (; !values.IsEmpty; values = values[Math.Min(GroupSize, values.Length)..])
        {
            ReadOnlySpan<long> group = values[..Math.Min(GroupSize, values.Length)];
            (long min, long max) = Range(group);
            sizeBytes += 3 + BitPacking.PackedBytes(group.Length, BitPacking.BitsFor((ulong)(max - min)));
        }

        return sizeBytes;
    }

    public static void Decode<T>(ref ByteReader reader, Span<T> values, RowGroups? wanted = null)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int group = 0; !values.IsEmpty; group++)
        {
            int count = Math.Min(GroupSize, values.Length);
            (long min, int bits) = ReadHeader(ref reader);
            if (wanted is null || wanted.Wants(group))
            {
                DecodeGroup(ref reader, min, bits, values[..count]);
            }
            else
            {
                SkipGroup(ref reader, bits, count);
            }

            values = values[count..];
        }
    }

    /// <summary>What a group begins with: its base and its bits.</summary>
    public static (long Min, int Bits) ReadHeader(ref ByteReader reader)
    {
        long min = reader.ReadZigzag();
        int bits = reader.ReadByte();
        if (bits > 64)
        {
            throw new CorruptDataException($"byte {reader.Position}: {bits} bits, expected at most 64");
        }

        return (min, bits);
    }

    /// <summary>Passes over a group whose header was read.</summary>
    public static void SkipGroup(ref ByteReader reader, int bits, int count) =>
        _ = reader.ReadBytes(BitPacking.PackedBytes(count, bits));

    /// <summary>Decodes a group whose header was read: <see cref="GroupSize"/> values, or the last ones.</summary>
    public static void DecodeGroup<T>(ref ByteReader reader, long min, int bits, Span<T> group)
        where T : unmanaged, IBinaryInteger<T>
    {
        int packedBytes = BitPacking.PackedBytes(group.Length, bits);
        ReadOnlySpan<byte> packed = reader.Rest;
        _ = reader.ReadBytes(packedBytes);
        if (packed.Length >= packedBytes + BitPacking.SlackBytes)
        {
            BitPacking.Unpack(packed, bits, min, group);
            return;
        }

        byte[] padded = ArrayPool<byte>.Shared.Rent(packedBytes + BitPacking.SlackBytes);
        packed[..packedBytes].CopyTo(padded);
        BitPacking.Unpack(padded, bits, min, group);
        ArrayPool<byte>.Shared.Return(padded);
    }

    private static (long Min, long Max) Range(ReadOnlySpan<long> values) =>
        (System.Numerics.Tensors.TensorPrimitives.Min(values), System.Numerics.Tensors.TensorPrimitives.Max(values));
}
