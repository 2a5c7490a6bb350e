using System.Numerics;
using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>
/// Blocks of integers: from a base, by differences or by differences of differences, or by dictionary; the smallest
/// wins.
/// </summary>
/// <remarks>
/// Payload of the first three: zigzag first value, varint divisor, <see cref="PackedIntegers"/> of the n transformed
/// values.
/// Where they come again and again, or are skewed: the same first value and divisor, byte which of the three, and
/// <see cref="CompressedIntegers"/> or <see cref="SplitIntegers"/>.
/// The divisor is the greatest common one of all differences: times in whole milliseconds lose 13 bits by it.
/// </remarks>
internal static class IntegerCodec
{
    private const int MaxDictionaryEntries = 256;

    // Below so many bits a row a dictionary cannot gain enough to be tried.
    private const int MinBitsForDictionary = 3;

    /// <summary>Encodes n ≥ 1 integers; returns the encoding chosen, having written its payload.</summary>
    public static BlockEncoding Encode(ReadOnlySpan<long> values, EncodingEffort effort, ByteWriter writer)
    {
        if (values.IndexOfAnyExcept(values[0]) < 0)
        {
            writer.WriteZigzag(values[0]);
            return BlockEncoding.Constant;
        }

        long[] rented = SharedArrays.Rent<long>(values.Length * 2);
        try
        {
            Span<long> scaled = rented.AsSpan(0, values.Length);
            Span<long> work = rented.AsSpan(values.Length, values.Length);
            long divisor = Scale(values, scaled);
            BlockEncoding encoding = Choose(scaled, work, out long bestBytes);
            if (effort != EncodingEffort.Log && bestBytes * 8 > (long)values.Length * MinBitsForDictionary &&
                TryEncodeDictionary(values, bestBytes, writer))
            {
                return BlockEncoding.IntegerDictionary;
            }

            writer.WriteZigzag(values[0]);
            writer.WriteVarint((ulong)divisor);
            if (encoding == BlockEncoding.FrameOfReference && effort != EncodingEffort.Log && MostlyAscends(scaled))
            {
                // Steps of a sequence that rises come again more often than its values do.
                scaled.CopyTo(work);
                Transform(work, BlockEncoding.Delta);
                if (CompressedIntegers.Gains(work, bestBytes))
                {
                    encoding = BlockEncoding.Delta;
                }
            }

            Transform(scaled, encoding);
            if (effort != EncodingEffort.Log && CompressedIntegers.Gains(scaled, bestBytes))
            {
                writer.WriteByte((byte)encoding);
                CompressedIntegers.Encode(scaled, writer);
                return BlockEncoding.CompressedIntegers;
            }

            if (effort != EncodingEffort.Log && SplitIntegers.Plan(scaled, bestBytes) is >= 0 and var lowBits)
            {
                writer.WriteByte((byte)encoding);
                SplitIntegers.Encode(scaled, lowBits, writer);
                return BlockEncoding.SplitIntegers;
            }

            EncodePacked(scaled, encoding, writer);
            return encoding;
        }
        finally
        {
            SharedArrays.Return(rented);
        }
    }

    /// <summary>Decodes into <paramref name="values"/>; false where the encoding is not one of integers. Of groups that
    /// are not wanted some are left as they were.</summary>
    public static bool TryDecode<T>(BlockEncoding encoding, ref ByteReader reader, Span<T> values, RowGroups? wanted = null)
        where T : unmanaged, IBinaryInteger<T>
    {
        switch (encoding)
        {
            case BlockEncoding.Constant:
                values.Fill(T.CreateTruncating(reader.ReadZigzag()));
                return true;
            case BlockEncoding.IntegerDictionary:
                DecodeDictionary(ref reader, values, wanted);
                return true;
            case BlockEncoding.FrameOfReference or BlockEncoding.Delta or BlockEncoding.DeltaOfDelta:
                T first = T.CreateTruncating(reader.ReadZigzag());
                T divisor = T.CreateTruncating((long)reader.ReadVarint());
                DecodePacked(encoding, ref reader, first, divisor, values, wanted);
                return true;
            case BlockEncoding.CompressedIntegers or BlockEncoding.SplitIntegers:
                bool isSplit = encoding == BlockEncoding.SplitIntegers;
                first = T.CreateTruncating(reader.ReadZigzag());
                divisor = T.CreateTruncating((long)reader.ReadVarint());
                encoding = (BlockEncoding)reader.ReadByte();
                if (encoding is not (BlockEncoding.FrameOfReference or BlockEncoding.Delta or BlockEncoding.DeltaOfDelta))
                {
                    throw new CorruptDataException($"byte {reader.Position}: encoding {encoding} for compressed integers");
                }

                wanted = encoding == BlockEncoding.FrameOfReference ? wanted : null;
                if (isSplit)
                {
                    SplitIntegers.Decode(ref reader, values, wanted);
                }
                else
                {
                    CompressedIntegers.Decode(ref reader, values);
                }

                DecodeTransformed(encoding, first, divisor, values, wanted);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Decodes some of so many values; false where all would have to be decoded.</summary>
    /// <param name="encoding">As <see cref="Encode"/> gave it.</param>
    /// <param name="reader">Stands at the payload.</param>
    /// <param name="count">All values.</param>
    /// <param name="rows">Which, ascending.</param>
    /// <param name="values">One for each of <paramref name="rows"/>.</param>
    public static bool TryPick(BlockEncoding encoding, ref ByteReader reader, int count, ReadOnlySpan<int> rows, Span<long> values)
    {
        switch (encoding)
        {
            case BlockEncoding.IntegerDictionary:
                return TryPickEntries(ref reader, count, rows, values);
            case BlockEncoding.FrameOfReference or BlockEncoding.Delta:
                long first = reader.ReadZigzag();
                long divisor = (long)reader.ReadVarint();
                if (encoding == BlockEncoding.Delta)
                {
                    PickSums(ref reader, count, rows, values);
                }
                else
                {
                    PackedIntegers.Pick(ref reader, count, rows, values);
                }

                for (int index = 0; index < rows.Length; index++)
                {
                    values[index] = unchecked(first + (values[index] * divisor));
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>The entries of a <see cref="BlockEncoding.IntegerDictionary"/> payload; codes follow.</summary>
    public static T[] ReadEntries<T>(ref ByteReader reader)
        where T : unmanaged, IBinaryInteger<T>
    {
        var entries = new T[reader.ReadCount(MaxDictionaryEntries)];
        for (int entry = 0; entry < entries.Length; entry++)
        {
            entries[entry] = T.CreateTruncating(reader.ReadZigzag());
        }

        return entries;
    }

    private static void PickSums(ref ByteReader reader, int count, ReadOnlySpan<int> rows, Span<long> sums)
    {
        long before = 0;
        int done = 0;
        for (int start = 0; start < count; start += PackedIntegers.GroupSize)
        {
            int groupCount = Math.Min(PackedIntegers.GroupSize, count - start);
            long groupSum = start + groupCount < count ? reader.ReadZigzag() : 0;
            (long min, int bits) = PackedIntegers.ReadHeader(ref reader);
            int own = PackedIntegers.CountBelow(rows[done..], start + groupCount);
            if (own == 0)
            {
                PackedIntegers.SkipGroup(ref reader, bits, groupCount);
            }
            else
            {
                Span<long> found = sums.Slice(done, own);
                PackedIntegers.PickSums(ref reader, min, bits, groupCount, rows.Slice(done, own), start, found);
                System.Numerics.Tensors.TensorPrimitives.Add(found, before, found);
            }

            before = unchecked(before + groupSum);
            done += own;
        }
    }

    private static bool TryPickEntries(ref ByteReader reader, int count, ReadOnlySpan<int> rows, Span<long> values)
    {
        long[] entries = ReadEntries<long>(ref reader);
        if (CodeCodec.TryPick(ref reader, count, entries.Length, rows) is not { } codes)
        {
            return false;
        }

        LookUp(codes, entries, values[..codes.Length]);
        return true;
    }

    // All differences from the first value, divided by their greatest common divisor; 1 where a difference overflows.
    private static long Scale(ReadOnlySpan<long> values, Span<long> scaled)
    {
        long first = values[0];
        ulong divisor = 0;
        for (int row = 0; row < values.Length; row++)
        {
            long difference = values[row] - first;
            scaled[row] = difference;
            if (((values[row] ^ first) & (values[row] ^ difference)) < 0 || difference == long.MinValue)
            {
                divisor = 1; // overflow: the wrapped difference says nothing about divisors
            }
            else if (divisor != 1 && difference != 0)
            {
                divisor = GreatestCommonDivisor((ulong)Math.Abs(difference), divisor);
            }
        }

        if (divisor > 1)
        {
            for (int row = 0; row < scaled.Length; row++)
            {
                scaled[row] /= (long)divisor;
            }
        }

        return Math.Max(1, (long)divisor);
    }

    private static ulong GreatestCommonDivisor(ulong left, ulong right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }

    private static BlockEncoding Choose(ReadOnlySpan<long> scaled, Span<long> work, out long bestBytes)
    {
        BlockEncoding best = BlockEncoding.FrameOfReference;
        bestBytes = PackedIntegers.EstimateBytes(scaled);
        foreach (BlockEncoding candidate in (ReadOnlySpan<BlockEncoding>)[BlockEncoding.Delta, BlockEncoding.DeltaOfDelta])
        {
            scaled.CopyTo(work);
            Transform(work, candidate);
            long sizeBytes = PackedIntegers.EstimateBytes(work);
            if (sizeBytes < bestBytes)
            {
                (best, bestBytes) = (candidate, sizeBytes);
            }
        }

        return best;
    }

    private static bool MostlyAscends(ReadOnlySpan<long> values)
    {
        int falls = 0;
        ReadOnlySpan<long> sample = values[..Math.Min(values.Length, CompressedIntegers.MinCount)];
        for (int row = 1; row < sample.Length; row++)
        {
            falls += sample[row] < sample[row - 1] ? 1 : 0;
        }

        return falls * 8 < sample.Length;
    }

    private static void Transform(Span<long> values, BlockEncoding encoding)
    {
        int order = encoding - BlockEncoding.FrameOfReference;
        for (; order > 0; order--)
        {
            long previous = 0;
            for (int row = 0; row < values.Length; row++)
            {
                long value = values[row];
                values[row] = value - previous;
                previous = value;
            }
        }
    }

    // Before each group of differences but the last stands their sum, so that a group can be passed over.
    private static void EncodePacked(ReadOnlySpan<long> values, BlockEncoding encoding, ByteWriter writer)
    {
        if (encoding != BlockEncoding.Delta)
        {
            PackedIntegers.Encode(values, writer);
            return;
        }

        for (; values.Length > PackedIntegers.GroupSize; values = values[PackedIntegers.GroupSize..])
        {
            ReadOnlySpan<long> group = values[..PackedIntegers.GroupSize];
            writer.WriteZigzag(System.Numerics.Tensors.TensorPrimitives.Sum(group));
            PackedIntegers.Encode(group, writer);
        }

        PackedIntegers.Encode(values, writer);
    }

    // Group by group, so that what was unpacked is still in the first-level cache when it is summed up.
    private static void DecodePacked<T>(
        BlockEncoding encoding, ref ByteReader reader, T first, T divisor, Span<T> values, RowGroups? wanted)
        where T : unmanaged, IBinaryInteger<T>
    {
        T sum = first;
        T step = T.Zero;
        for (int index = 0; !values.IsEmpty; index++)
        {
            Span<T> group = values[..Math.Min(PackedIntegers.GroupSize, values.Length)];
            values = values[group.Length..];
            T last = sum;
            bool hasSum = encoding == BlockEncoding.Delta && !values.IsEmpty;
            if (hasSum)
            {
                last = unchecked(sum + (T.CreateTruncating(reader.ReadZigzag()) * divisor));
            }

            (long min, int bits) = PackedIntegers.ReadHeader(ref reader);
            if (wanted is not null && (hasSum || encoding == BlockEncoding.FrameOfReference))
            {
                if (hasSum && Ascends(long.CreateTruncating(sum), long.CreateTruncating(divisor), min, bits))
                {
                    wanted.Narrow(index, long.CreateTruncating(sum), long.CreateTruncating(last));
                }

                if (!wanted.Wants(index))
                {
                    PackedIntegers.SkipGroup(ref reader, bits, group.Length);
                    sum = last;
                    continue;
                }
            }

            PackedIntegers.DecodeGroup(ref reader, min, bits, group);
            TransformBack(encoding, group, first, divisor, ref sum, ref step);
            if (hasSum && sum != last)
            {
                throw new CorruptDataException($"byte {reader.Position}: the differences before do not make their sum");
            }
        }
    }

    // Whether a group that begins after a value cannot fall, not even by overflow.
    private static bool Ascends(long start, long divisor, long min, int bits) =>
        min >= 0 && divisor > 0 &&
        ((((Int128)min + (((Int128)1 << bits) - 1)) * divisor) <= (((Int128)long.MaxValue - start) / PackedIntegers.GroupSize));

    private static void DecodeTransformed<T>(BlockEncoding encoding, T first, T divisor, Span<T> values, RowGroups? wanted)
        where T : unmanaged, IBinaryInteger<T>
    {
        T sum = first;
        T step = T.Zero;
        for (int start = 0; start < values.Length; start += PackedIntegers.GroupSize)
        {
            if (wanted is null || wanted.Wants(start / PackedIntegers.GroupSize))
            {
                Span<T> group = values.Slice(start, Math.Min(PackedIntegers.GroupSize, values.Length - start));
                TransformBack(encoding, group, first, divisor, ref sum, ref step);
            }
        }
    }

    private static void TransformBack<T>(BlockEncoding encoding, Span<T> group, T first, T divisor, ref T sum, ref T step)
        where T : unmanaged, IBinaryInteger<T>
    {
        switch (encoding)
        {
            case BlockEncoding.FrameOfReference:
                Scale(group, first, divisor);
                break;
            case BlockEncoding.Delta:
                sum = RunningSum.Replace(group, sum, divisor);
                break;
            default:
                step = RunningSum.Replace(group, step, T.One);
                sum = RunningSum.Replace(group, sum, divisor);
                break;
        }
    }

    private static void LookUp<T>(ReadOnlySpan<int> codes, T[] entries, Span<T> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = entries[codes[row]];
        }
    }

    private static void Scale<T>(Span<T> values, T first, T divisor)
        where T : unmanaged, IBinaryInteger<T>
    {
        int row = 0;
        var wideFirst = new Vector<T>(first);
        for (; row <= values.Length - Vector<T>.Count; row += Vector<T>.Count)
        {
            Span<T> lanes = values.Slice(row, Vector<T>.Count);
            ((new Vector<T>(lanes) * divisor) + wideFirst).CopyTo(lanes);
        }

        for (; row < values.Length; row++)
        {
            values[row] = unchecked(first + (values[row] * divisor));
        }
    }

    private static bool TryEncodeDictionary(ReadOnlySpan<long> values, long bestBytes, ByteWriter writer)
    {
        long[] codes = SharedArrays.Rent<long>(values.Length);
        try
        {
            Span<long> entries = stackalloc long[MaxDictionaryEntries];
            int count = Number(values, codes, entries);
            if (count == 0 || PackedIntegers.EstimateBytes(codes.AsSpan(0, values.Length)) + (10L * count) >= bestBytes)
            {
                return false;
            }

            writer.WriteVarint((ulong)count);
            foreach (long entry in entries[..count])
            {
                writer.WriteZigzag(entry);
            }

            CodeCodec.Encode(codes.AsSpan(0, values.Length), EncodingEffort.Part, writer);
            return true;
        }
        finally
        {
            SharedArrays.Return(codes);
        }
    }

    // Numbers the distinct values in order of first sight; 0 where they are too many.
    private static int Number(ReadOnlySpan<long> values, Span<long> codes, Span<long> entries)
    {
        const int SlotBits = 10;
        Span<short> slots = stackalloc short[1 << SlotBits];
        slots.Clear();
        int count = 0;
        for (int row = 0; row < values.Length; row++)
        {
            long value = values[row];
            int slot = (int)((ulong)value * 0x9E3779B97F4A7C15 >> (64 - SlotBits));
            while (slots[slot] > 0 && entries[slots[slot] - 1] != value)
            {
                slot = (slot + 1) & ((1 << SlotBits) - 1);
            }

            if (slots[slot] == 0)
            {
                if (count == entries.Length)
                {
                    return 0;
                }

                entries[count++] = value;
                slots[slot] = (short)count;
            }

            codes[row] = slots[slot] - 1;
        }

        return count;
    }

    private static void DecodeDictionary<T>(ref ByteReader reader, Span<T> values, RowGroups? wanted)
        where T : unmanaged, IBinaryInteger<T>
    {
        T[] entries = ReadEntries<T>(ref reader);
        int[] codes = SharedArrays.Rent<int>(values.Length);
        try
        {
            CodeCodec.Decode(ref reader, codes.AsSpan(0, values.Length), entries.Length, wanted);
            for (int start = 0; start < values.Length; start += RowGroups.GroupRows)
            {
                if (wanted is null || wanted.Wants(start / RowGroups.GroupRows))
                {
                    Span<T> group = values.Slice(start, Math.Min(RowGroups.GroupRows, values.Length - start));
                    LookUp(codes.AsSpan(start, group.Length), entries, group);
                }
            }
        }
        finally
        {
            SharedArrays.Return(codes);
        }
    }
}
