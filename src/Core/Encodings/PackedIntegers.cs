using System.Numerics;
using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;

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

        byte[] padded = SharedArrays.Rent<byte>(packedBytes + BitPacking.SlackBytes);
        packed[..packedBytes].CopyTo(padded);
        BitPacking.Unpack(padded, bits, min, group);
        SharedArrays.Return(padded);
    }

    /// <summary>Decodes some of so many values.</summary>
    /// <param name="reader">Stands at the first group.</param>
    /// <param name="count">All values.</param>
    /// <param name="rows">Which, ascending.</param>
    /// <param name="values">One for each of <paramref name="rows"/>.</param>
    public static void Pick(ref ByteReader reader, int count, ReadOnlySpan<int> rows, Span<long> values)
    {
        int done = 0;
        for (int start = 0; start < count; start += GroupSize)
        {
            int groupCount = Math.Min(GroupSize, count - start);
            (long min, int bits) = ReadHeader(ref reader);
            int own = CountBelow(rows[done..], start + groupCount);
            Pick(ref reader, min, bits, groupCount, rows.Slice(done, own), start, values[done..]);
            done += own;
        }
    }

    /// <summary>For some values of a group whose header was read the sum of all up to each.</summary>
    /// <param name="reader">Stands at the packed values.</param>
    /// <param name="min">The group's base.</param>
    /// <param name="bits">The group's bits.</param>
    /// <param name="count">Values of the group.</param>
    /// <param name="rows">Which, ascending.</param>
    /// <param name="start">The row the group begins with.</param>
    /// <param name="sums">One for each of <paramref name="rows"/>, wrapping.</param>
    public static void PickSums(
        ref ByteReader reader, long min, int bits, int count, ReadOnlySpan<int> rows, int start, Span<long> sums)
    {
        byte[]? padded = null;
        ReadOnlySpan<byte> packed = ReadWithSlack(ref reader, bits, count, ref padded);
        Span<ulong> unsigned = System.Runtime.InteropServices.MemoryMarshal.Cast<long, ulong>(sums)[..rows.Length];
        if (bits == 0)
        {
            unsigned.Clear();
        }
        else
        {
            PackedSums.At(packed, bits, rows, start, unsigned);
        }

        for (int index = 0; index < rows.Length; index++)
        {
            sums[index] = unchecked(sums[index] + (min * (rows[index] - start + 1)));
        }

        Return(padded);
    }

    /// <summary>How many of ascending rows are below an end.</summary>
    public static int CountBelow(ReadOnlySpan<int> rows, int end)
    {
        int count = 0;
        while (count < rows.Length && rows[count] < end)
        {
            count++;
        }

        return count;
    }

    private static void Pick(
        ref ByteReader reader, long min, int bits, int count, ReadOnlySpan<int> rows, int start, Span<long> values)
    {
        byte[]? padded = null;
        ReadOnlySpan<byte> packed = ReadWithSlack(ref reader, bits, count, ref padded);
        for (int index = 0; index < rows.Length; index++)
        {
            values[index] = bits == 0 ? min : unchecked(min + (long)BitPacking.ValueAt(packed, bits, rows[index] - start));
        }

        Return(padded);
    }

    private static ReadOnlySpan<byte> ReadWithSlack(ref ByteReader reader, int bits, int count, ref byte[]? padded)
    {
        int packedBytes = BitPacking.PackedBytes(count, bits);
        ReadOnlySpan<byte> rest = reader.Rest;
        ReadOnlySpan<byte> packed = reader.ReadBytes(packedBytes);
        if (rest.Length >= packedBytes + BitPacking.SlackBytes)
        {
            return rest;
        }

        padded = SharedArrays.Rent<byte>(packedBytes + BitPacking.SlackBytes);
        packed.CopyTo(padded);
        return padded;
    }

    private static void Return(byte[]? padded)
    {
        if (padded is not null)
        {
            SharedArrays.Return(padded);
        }
    }

    private static (long Min, long Max) Range(ReadOnlySpan<long> values) =>
        (System.Numerics.Tensors.TensorPrimitives.Min(values), System.Numerics.Tensors.TensorPrimitives.Max(values));
}
