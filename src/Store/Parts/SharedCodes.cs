using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Codes of one block into a shared dictionary, and their zones: the least and greatest code of every 1024
/// rows.</summary>
/// <remarks>docs/formats/part.md draws both.</remarks>
internal static class SharedCodes
{
    private const int ZoneRows = RowGroups.GroupRows;

    public static void Encode(ReadOnlySpan<int> codes, ByteWriter writer)
    {
        writer.WriteByte((byte)BlockEncoding.SharedDictionary);
        VectorEncoder.Encode(new FixedVector<int>(ScalarType.Int, codes.ToArray(), codes.Length), EncodingEffort.Part, writer);
    }

    /// <summary>The codes of a block, at the front of an array; of rows that are not wanted 0.</summary>
    public static int[] Decode(ReadOnlySpan<byte> bytes, int rowCount, int entryCount, BlockArrays? arrays, RowGroups? wanted = null)
    {
        var reader = new ByteReader(bytes);
        var encoding = (BlockEncoding)reader.ReadByte();
        if (encoding != BlockEncoding.SharedDictionary)
        {
            throw new CorruptDataException($"encoding {encoding}, expected {BlockEncoding.SharedDictionary}");
        }

        int[] codes = BlockArrays.Rent<int>(arrays, rowCount);
        var decoded = (FixedVector<int>)VectorDecoder.Decode(ref reader, ScalarType.Int, rowCount, sibling: null, arrays, wanted);
        reader.ExpectEnd();
        for (int start = 0; start < rowCount; start += RowGroups.GroupRows)
        {
            Span<int> group = codes.AsSpan(start, Math.Min(RowGroups.GroupRows, rowCount - start));
            if (wanted is not null && !wanted.Wants(start / RowGroups.GroupRows))
            {
                group.Clear();
            }
            else if (decoded.IsConstant)
            {
                group.Fill(decoded[0]);
            }
            else
            {
                decoded.Values.Slice(start, group.Length).CopyTo(group);
            }

            // A negative one is beyond all as an unsigned number.
            if (TensorPrimitives.Max<uint>(MemoryMarshal.Cast<int, uint>(group)) is var largest && largest >= (uint)entryCount)
            {
                throw new CorruptDataException($"code {largest} of {entryCount} entries");
            }
        }

        return codes;
    }

    public static void EncodeZones(ReadOnlySpan<int> codes, int emptyCode, ByteWriter writer)
    {
        int previous = 0;
        for (; !codes.IsEmpty; codes = codes[Math.Min(ZoneRows, codes.Length)..])
        {
            (int min, int max) = RangeOf(codes[..Math.Min(ZoneRows, codes.Length)], emptyCode);
            (min, max) = min > max ? (previous, previous) : (min, max);
            writer.WriteZigzag(min - previous);
            writer.WriteVarint((ulong)(max - min));
            previous = min;
        }
    }

    // The empty string comes first of all and would be in every zone.
    private static (int Min, int Max) RangeOf(ReadOnlySpan<int> codes, int emptyCode)
    {
        if (emptyCode < 0)
        {
            return (TensorPrimitives.Min(codes), TensorPrimitives.Max(codes));
        }

        (int min, int max) = (int.MaxValue, -1);
        foreach (int code in codes)
        {
            if (code != emptyCode)
            {
                (min, max) = (Math.Min(min, code), Math.Max(max, code));
            }
        }

        return (min, max);
    }
}
