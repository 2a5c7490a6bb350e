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
        var reader = new ByteReader(bytes);
        var encoding = (BlockEncoding)reader.ReadByte();
        if (encoding != BlockEncoding.Reference)
        {
            throw new CorruptDataException($"encoding {encoding}, expected {BlockEncoding.Reference}");
        }

        int count = reader.ReadCount(codes.Length);
        if (count == 0)
        {
            reader.ExpectEnd();
            return map.Gather(codes, arrays);
        }

        var rows = (FixedVector<int>)VectorDecoder.Decode(ref reader, ScalarType.Int, count);
        Vector values = VectorDecoder.Decode(ref reader, map.Type, count);
        reader.ExpectEnd();
        return Merge(map, codes, rows, values);
    }

    /// <summary>The values of some rows of a block.</summary>
    public static Vector DecodeRows(ReadOnlySpan<byte> bytes, Vector map, ReadOnlySpan<int> codes, ReadOnlySpan<int> rows)
    {
        var reader = new ByteReader(bytes);
        if (reader.ReadByte() != (byte)BlockEncoding.Reference || reader.ReadCount(codes.Length) > 0)
        {
            return Decode(bytes, map, codes).Gather(rows);
        }

        reader.ExpectEnd();
        int[] picked = new int[rows.Length];
        for (int row = 0; row < picked.Length; row++)
        {
            picked[row] = codes[rows[row]];
        }

        return map.Gather(picked);
    }

    private static Vector Merge(Vector map, ReadOnlySpan<int> codes, FixedVector<int> rows, Vector values)
    {
        int[] sources = new int[codes.Length];
        int[] from = codes.ToArray();
        for (int exception = 0; exception < rows.Length; exception++)
        {
            int row = rows[exception];
            if ((uint)row >= (uint)codes.Length)
            {
                throw new CorruptDataException($"exception at row {row} of {codes.Length}");
            }

            sources[row] = 1;
            from[row] = exception;
        }

        return VectorGather.Gather(map.Type, [map, values], sources, from);
    }
}
