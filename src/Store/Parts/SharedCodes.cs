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
    private const int ZoneRows = 1024;

    public static void Encode(ReadOnlySpan<int> codes, ByteWriter writer)
    {
        writer.WriteByte((byte)BlockEncoding.SharedDictionary);
        VectorEncoder.Encode(new FixedVector<int>(ScalarType.Int, codes.ToArray(), codes.Length), EncodingEffort.Part, writer);
    }

    public static int[] Decode(ReadOnlySpan<byte> bytes, int rowCount, int entryCount, BlockArrays? arrays)
    {
        var reader = new ByteReader(bytes);
        var encoding = (BlockEncoding)reader.ReadByte();
        if (encoding != BlockEncoding.SharedDictionary)
        {
            throw new CorruptDataException($"encoding {encoding}, expected {BlockEncoding.SharedDictionary}");
        }

        int[] rented = BlockArrays.Rent<int>(arrays, rowCount);
        Span<int> codes = rented.AsSpan(0, rowCount);
        var decoded = (FixedVector<int>)VectorDecoder.Decode(ref reader, ScalarType.Int, rowCount, arrays: arrays);
        reader.ExpectEnd();
        if (decoded.IsConstant)
        {
            codes.Fill(decoded[0]);
        }
        else
        {
            decoded.Values.CopyTo(codes);
        }

        // A negative one is beyond all as an unsigned number.
        if (rowCount > 0 && TensorPrimitives.Max<uint>(MemoryMarshal.Cast<int, uint>(codes)) is var largest && largest >= (uint)entryCount)
        {
            throw new CorruptDataException($"code {largest} of {entryCount} entries");
        }

        return rented;
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

    /// <summary>Whether a code other than that of the empty string lies within some zone.</summary>
    public static bool MayHave(ReadOnlySpan<byte> zones, int rowCount, int code)
    {
        var reader = new ByteReader(zones);
        long min = 0;
        for (int row = 0; row < rowCount; row += ZoneRows)
        {
            min += reader.ReadZigzag();
            int range = reader.ReadCount(int.MaxValue);
            if (code >= min && code <= min + range)
            {
                return true;
            }
        }

        reader.ExpectEnd();
        return false;
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
