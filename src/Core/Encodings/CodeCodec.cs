using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Bongsu.Core.Encodings;

/// <summary>By row the number of an entry of a list.</summary>
/// <remarks>Byte form: 0 = <see cref="PackedIntegers"/>, 1 = <see cref="CompressedIntegers"/>.</remarks>
internal static class CodeCodec
{
    private const byte Packed = 0;
    private const byte Compressed = 1;

    public static void Encode(ReadOnlySpan<long> codes, EncodingEffort effort, ByteWriter writer)
    {
        if (effort != EncodingEffort.Log && CompressedIntegers.Gains(codes, PackedIntegers.EstimateBytes(codes)))
        {
            writer.WriteByte(Compressed);
            CompressedIntegers.Encode(codes, writer);
            return;
        }

        writer.WriteByte(Packed);
        PackedIntegers.Encode(codes, writer);
    }

    /// <summary>Fills in the codes, all below <paramref name="entryCount"/>; 0 where they are not wanted, or they
    /// themselves.</summary>
    public static void Decode(ref ByteReader reader, Span<int> codes, int entryCount, RowGroups? wanted = null)
    {
        if (wanted is not null)
        {
            codes.Clear();
        }

        byte form = reader.ReadByte();
        switch (form)
        {
            case Packed:
                PackedIntegers.Decode(ref reader, codes, wanted);
                break;
            case Compressed:
                CompressedIntegers.Decode(ref reader, codes);
                break;
            default:
                throw new CorruptDataException($"byte {reader.Position}: form {form} of codes");
        }

        // A negative one is beyond all as an unsigned number.
        if (!codes.IsEmpty && TensorPrimitives.Max(MemoryMarshal.Cast<int, uint>(codes)) is var largest && largest >= (uint)entryCount)
        {
            throw new CorruptDataException($"code {largest} of {entryCount} entries");
        }
    }

    /// <summary>Some of so many codes, one for each of <paramref name="rows"/> (ascending); null where all would have to be
    /// decoded.</summary>
    public static int[]? TryPick(ref ByteReader reader, int count, int entryCount, ReadOnlySpan<int> rows)
    {
        if (reader.ReadByte() != Packed)
        {
            return null;
        }

        long[] wide = ArrayPool<long>.Shared.Rent(rows.Length);
        PackedIntegers.Pick(ref reader, count, rows, wide);
        int[] codes = new int[rows.Length];
        for (int index = 0; index < codes.Length; index++)
        {
            codes[index] = (ulong)wide[index] < (ulong)entryCount
                ? (int)wide[index]
                : throw new CorruptDataException($"code {wide[index]} of {entryCount} entries");
        }

        ArrayPool<long>.Shared.Return(wide);
        return codes;
    }
}
