using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;

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

    /// <summary>Clears the bits of rows whose entry is not kept, without decoding the codes; false where that cannot be had,
    /// and nothing is changed.</summary>
    /// <param name="reader">Stands at the codes.</param>
    /// <param name="keeps">By entry.</param>
    /// <param name="words">One bit for each code; those beyond are 0.</param>
    /// <param name="count">Codes.</param>
    public static bool TrySelect(ref ByteReader reader, ReadOnlySpan<bool> keeps, Span<ulong> words, int count)
    {
        if (!PackedCodeFilter.IsSupported || keeps.Length > 1 << PackedCodeFilter.MaxBits || reader.ReadByte() != Packed)
        {
            return false;
        }

        const int GroupWords = PackedIntegers.GroupSize / 64;
        Span<bool> groupKeeps = stackalloc bool[1 << PackedCodeFilter.MaxBits];
        for (; count > 0; count -= PackedIntegers.GroupSize)
        {
            Span<ulong> own = words[..Math.Min(GroupWords, words.Length)];
            words = words[own.Length..];
            (long min, int bits) = PackedIntegers.ReadHeader(ref reader);
            if (bits > PackedCodeFilter.MaxBits || min < 0 || min >= keeps.Length)
            {
                throw new CorruptDataException($"byte {reader.Position}: codes of {bits} bits from {min}, {keeps.Length} entries");
            }

            groupKeeps.Clear();
            ReadOnlySpan<bool> left = keeps[(int)min..];
            left[..Math.Min(left.Length, 1 << bits)].CopyTo(groupKeeps);
            ReadOnlySpan<byte> packed = reader.Rest;
            PackedIntegers.SkipGroup(ref reader, bits, Math.Min(PackedIntegers.GroupSize, count));
            if (bits > 0)
            {
                PackedCodeFilter.And(own, packed, bits, groupKeeps[..(1 << bits)]);
            }
            else if (!groupKeeps[0])
            {
                own.Clear();
            }
        }

        return true;
    }

    /// <summary>Some of so many codes, one for each of <paramref name="rows"/> (ascending); null where all would have to be
    /// decoded.</summary>
    public static int[]? TryPick(ref ByteReader reader, int count, int entryCount, ReadOnlySpan<int> rows)
    {
        if (reader.ReadByte() != Packed)
        {
            return null;
        }

        long[] wide = SharedArrays.Rent<long>(rows.Length);
        PackedIntegers.Pick(ref reader, count, rows, wide);
        int[] codes = new int[rows.Length];
        for (int index = 0; index < codes.Length; index++)
        {
            codes[index] = (ulong)wide[index] < (ulong)entryCount
                ? (int)wide[index]
                : throw new CorruptDataException($"code {wide[index]} of {entryCount} entries");
        }

        SharedArrays.Return(wide);
        return codes;
    }
}
