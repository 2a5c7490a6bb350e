using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Parts;

/// <summary>One block of a column that follows from another: which rows do not, and their values.</summary>
/// <remarks>docs/formats/part.md draws it.</remarks>
internal static class ReferenceChunk
{
    private const int BytesWithoutExceptions = 2;

    /// <summary>Whether no block of a column has exceptions.</summary>
    public static bool AreWhole(PartColumn column) =>
        Array.TrueForAll(column.Chunks, chunk => chunk.Encoding == BlockEncoding.Reference && chunk.SizeBytes == BytesWithoutExceptions);

    public static void Encode(Vector values, ReadOnlySpan<int> exceptions, ByteWriter writer)
    {
        writer.WriteByte((byte)BlockEncoding.Reference);
        writer.WriteVarint((ulong)exceptions.Length);
        if (exceptions.IsEmpty)
        {
            return;
        }

        VectorEncoder.Encode(
            new FixedVector<int>(ScalarType.Int, exceptions.ToArray(), exceptions.Length), EncodingEffort.Part, writer);
        VectorEncoder.Encode(values.Gather(exceptions), EncodingEffort.Part, writer);
    }

    /// <summary>The values of a block.</summary>
    /// <param name="bytes">What <see cref="Encode"/> wrote.</param>
    /// <param name="map">The value of each code.</param>
    /// <param name="codes">The codes of the block's rows.</param>
    /// <param name="arrays">Lends the memory; null = new arrays.</param>
    public static Vector Decode(ReadOnlySpan<byte> bytes, Vector map, ReadOnlySpan<int> codes, BlockArrays? arrays = null)
    {
        if (ReadExceptions(bytes, map, codes.Length) is not var (rows, values))
        {
            return map.Gather(codes, arrays);
        }

        int[] sources = new int[codes.Length];
        int[] from = codes.ToArray();
        for (int exception = 0; exception < rows.Length; exception++)
        {
            sources[rows[exception]] = 1;
            from[rows[exception]] = exception;
        }

        return VectorGather.Gather(map.Type, [map, values], sources, from);
    }

    /// <summary>The values of some rows of a block.</summary>
    public static Vector DecodeRows(ReadOnlySpan<byte> bytes, Vector map, ReadOnlySpan<int> codes, ReadOnlySpan<int> rows)
    {
        int[] from = new int[rows.Length];
        for (int index = 0; index < from.Length; index++)
        {
            from[index] = codes[rows[index]];
        }

        if (ReadExceptions(bytes, map, codes.Length) is not var (exceptions, values))
        {
            return map.Gather(from);
        }

        int[] sources = new int[rows.Length];
        for (int index = 0; index < from.Length; index++)
        {
            if (Array.BinarySearch(exceptions, rows[index]) is >= 0 and var exception)
            {
                (sources[index], from[index]) = (1, exception);
            }
        }

        return VectorGather.Gather(map.Type, [map, values], sources, from);
    }

    // Rows, ascending, and their values; null where there are none.
    private static (int[] Rows, Vector Values)? ReadExceptions(ReadOnlySpan<byte> bytes, Vector map, int rowCount)
    {
        var reader = new ByteReader(bytes);
        var encoding = (BlockEncoding)reader.ReadByte();
        if (encoding != BlockEncoding.Reference)
        {
            throw new CorruptDataException($"encoding {encoding}, expected {BlockEncoding.Reference}");
        }

        int count = reader.ReadCount(rowCount);
        if (count == 0)
        {
            reader.ExpectEnd();
            return null;
        }

        var stored = (FixedVector<int>)VectorDecoder.Decode(ref reader, ScalarType.Int, count);
        Vector values = VectorDecoder.Decode(ref reader, map.Type, count);
        reader.ExpectEnd();
        int[] rows = new int[count];
        int last = -1;
        for (int exception = 0; exception < count; exception++)
        {
            rows[exception] = stored[exception] > last && stored[exception] < rowCount
                ? last = stored[exception]
                : throw new CorruptDataException($"exception at row {stored[exception]} of {rowCount}, after {last}");
        }

        return (rows, values);
    }
}
