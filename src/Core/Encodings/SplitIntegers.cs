using System.Numerics;
using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Integers of a skewed distribution: low bits packed, the byte above them compressed, the few that are larger
/// apart.</summary>
/// <remarks>
/// Low bits are noise; what lies above has an entropy that Huffman coding (of zstd) gets at, where packing must take the
/// width of the largest of a thousand. Zigzag base, byte low bits, varint exceptions and each as a varint, packed low
/// bits, compressed bytes. The byte 255 stands for the next exception.
/// </remarks>
internal static class SplitIntegers
{
    private const int MinCount = 4096;
    private const int SampleCount = 4096;
    private const byte Exceptional = byte.MaxValue;
    private const int MaxLowBits = 32;
    private const int ExceptionBits = 32;

    // Decoding takes about 2.5 times as long as unpacking: narrow values stay packed, and others where little is gained
    // (gaps of random times, 13 %).
    private const int MinPackedBits = 10;
    private const double MinGain = 0.85;

    /// <summary>The number of low bits to take, where a sample says that it gains; else -1.</summary>
    /// <param name="values">The values.</param>
    /// <param name="packedBytes">What they take as <see cref="PackedIntegers"/>.</param>
    public static int Plan(ReadOnlySpan<long> values, long packedBytes)
    {
        double packedBits = packedBytes * 8.0 / values.Length;
        if (values.Length < MinCount || packedBits < MinPackedBits)
        {
            return -1;
        }

        long min = System.Numerics.Tensors.TensorPrimitives.Min(values);
        ulong[] sample = SharedArrays.Rent<ulong>(SampleCount);
        for (int index = 0; index < SampleCount; index++)
        {
            sample[index] = (ulong)(values[(int)((long)index * values.Length / SampleCount)] - min);
        }

        (int best, double bestBits) = (-1, packedBits * MinGain);
        for (int lowBits = Math.Max(0, (int)packedBits - 12); lowBits <= Math.Min(MaxLowBits, (int)packedBits); lowBits++)
        {
            double bits = BitsOf(sample.AsSpan(0, SampleCount), lowBits);
            (best, bestBits) = bits < bestBits ? (lowBits, bits) : (best, bestBits);
        }

        SharedArrays.Return(sample);
        return best;
    }

    public static void Encode(ReadOnlySpan<long> values, int lowBits, ByteWriter writer)
    {
        long min = System.Numerics.Tensors.TensorPrimitives.Min(values);
        byte[] high = SharedArrays.Rent<byte>(values.Length);
        long[] low = SharedArrays.Rent<long>(values.Length);
        var exceptions = new List<ulong>();
        long mask = (1L << lowBits) - 1;
        for (int row = 0; row < values.Length; row++)
        {
            ulong offset = (ulong)(values[row] - min);
            ulong above = offset >> lowBits;
            low[row] = (long)offset & mask;
            high[row] = (byte)Math.Min(above, Exceptional);
            if (above >= Exceptional)
            {
                exceptions.Add(offset);
            }
        }

        writer.WriteZigzag(min);
        writer.WriteByte((byte)lowBits);
        writer.WriteVarint((ulong)exceptions.Count);
        exceptions.ForEach(writer.WriteVarint);
        int packedBytes = BitPacking.PackedBytes(values.Length, lowBits);
        BitPacking.Pack(low.AsSpan(0, values.Length), 0, lowBits, writer.Reserve(packedBytes + BitPacking.SlackBytes));
        writer.Advance(packedBytes);
        CompressedBytes.Write(high.AsSpan(0, values.Length), CompressedBytes.FastLevel, writer);
        SharedArrays.Return(high);
        SharedArrays.Return(low);
    }

    public static void Decode<T>(ref ByteReader reader, Span<T> values, RowGroups? wanted = null)
        where T : unmanaged, IBinaryInteger<T>
    {
        long min = reader.ReadZigzag();
        int lowBits = reader.ReadByte();
        if (lowBits > MaxLowBits)
        {
            throw new CorruptDataException($"byte {reader.Position}: {lowBits} low bits, expected at most {MaxLowBits}");
        }

        int exceptionCount = reader.ReadCount(Math.Min(values.Length, reader.Remaining));
        ByteReader exceptions = reader;
        for (int exception = 0; exception < exceptionCount; exception++)
        {
            _ = reader.ReadVarint();
        }

        ReadOnlySpan<byte> packed = reader.ReadBytes(BitPacking.PackedBytes(values.Length, lowBits));
        byte[] rented = SharedArrays.Rent<byte>(values.Length);
        Span<byte> high = rented.AsSpan(0, values.Length);
        CompressedBytes.ReadInto(ref reader, high);
        Merge(packed, high, lowBits, min, values, wanted);
        Restore(ref exceptions, exceptionCount, min, high, values);
        SharedArrays.Return(rented);
    }

    private static void Restore<T>(ref ByteReader exceptions, int count, long min, ReadOnlySpan<byte> high, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int row = high.IndexOf(Exceptional); row >= 0;)
        {
            if (count-- == 0)
            {
                throw new CorruptDataException($"row {row}: no exception left");
            }

            values[row] = T.CreateTruncating(unchecked(min + (long)exceptions.ReadVarint()));
            int next = high[(row + 1)..].IndexOf(Exceptional);
            row = next < 0 ? -1 : row + 1 + next;
        }

        if (count != 0)
        {
            throw new CorruptDataException($"{count} exceptions too many");
        }
    }

    // Group by group: the packed bits of a whole group end with a byte.
    private static void Merge<T>(
        ReadOnlySpan<byte> packed, ReadOnlySpan<byte> high, int lowBits, long min, Span<T> values, RowGroups? wanted)
        where T : unmanaged, IBinaryInteger<T>
    {
        byte[] padded = SharedArrays.Rent<byte>(packed.Length + BitPacking.SlackBytes);
        packed.CopyTo(padded);
        for (int start = 0; start < values.Length; start += RowGroups.GroupRows)
        {
            if (wanted is not null && !wanted.Wants(start / RowGroups.GroupRows))
            {
                continue;
            }

            int count = Math.Min(RowGroups.GroupRows, values.Length - start);
            Span<T> group = values.Slice(start, count);
            ReadOnlySpan<byte> groupHigh = high.Slice(start, count);
            BitPacking.Unpack(padded.AsSpan(start / 8 * lowBits), lowBits, min, group);
            for (int row = 0; row < group.Length; row++)
            {
                group[row] = unchecked(group[row] + T.CreateTruncating((ulong)groupHigh[row] << lowBits));
            }
        }

        SharedArrays.Return(padded);
    }

    // Bits a value by the entropy of the bytes above the low bits.
    private static double BitsOf(ReadOnlySpan<ulong> sample, int lowBits)
    {
        Span<int> counts = stackalloc int[Exceptional + 1];
        counts.Clear();
        foreach (ulong value in sample)
        {
            counts[(int)Math.Min(value >> lowBits, Exceptional)]++;
        }

        double bits = 0;
        foreach (int count in counts)
        {
            bits += count == 0 ? 0 : count * Math.Log2((double)sample.Length / count);
        }

        return lowBits + ((bits + (counts[Exceptional] * ExceptionBits)) / sample.Length);
    }
}
