using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Byte strings as lengths and one run of bytes.</summary>
/// <remarks>Byte encoding of the lengths and their payload; varint total; <see cref="CompressedBytes"/>.</remarks>
internal static class TextCodec
{
    /// <summary>Most bytes of one block; a vector cannot hold more.</summary>
    private const int MaxTotalBytes = int.MaxValue - 4096;

    public static void Encode(Utf8Values values, EncodingEffort effort, ByteWriter writer)
    {
        if (values.Count == 0)
        {
            return;
        }

        long[] lengths = SharedArrays.Rent<long>(values.Count);
        ReadOnlySpan<int> offsets = values.Offsets;
        for (int row = 0; row < values.Count; row++)
        {
            lengths[row] = offsets[row + 1] - offsets[row];
        }

        int encodingPosition = writer.Length;
        writer.WriteByte(0);
        BlockEncoding encoding = IntegerCodec.Encode(lengths.AsSpan(0, values.Count), effort, writer);
        writer.PatchByte(encodingPosition, (byte)encoding);
        SharedArrays.Return(lengths);
        ReadOnlySpan<byte> bytes = values.Bytes[offsets[0]..];
        writer.WriteVarint((ulong)bytes.Length);
        CompressedBytes.Write(bytes, CompressedBytes.FastLevel, writer);
    }

    public static Utf8Values Decode(ref ByteReader reader, int count)
    {
        if (count == 0)
        {
            return Utf8Values.Empty;
        }

        int[] offsets = GC.AllocateUninitializedArray<int>(count + 1);
        Span<int> lengths = offsets.AsSpan(1);
        var encoding = (BlockEncoding)reader.ReadByte();
        if (!IntegerCodec.TryDecode(encoding, ref reader, lengths))
        {
            throw new CorruptDataException($"encoding {encoding} for lengths");
        }

        offsets[0] = 0;
        long total = 0;
        for (int row = 0; row < lengths.Length; row++)
        {
            if (lengths[row] < 0 || (total += lengths[row]) > MaxTotalBytes)
            {
                throw new CorruptDataException($"row {row}: length {lengths[row]} after {total} bytes");
            }

            lengths[row] = (int)total;
        }

        int totalBytes = reader.ReadCount(MaxTotalBytes);
        if (totalBytes != total)
        {
            throw new CorruptDataException($"{totalBytes} bytes of text, expected {total} by the lengths");
        }

        return new Utf8Values(offsets, CompressedBytes.Read(ref reader, totalBytes), count);
    }
}
