using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>One column of one block as bytes; <see cref="VectorDecoder"/> reads them back.</summary>
/// <remarks>
/// Byte encoding; unless all null: byte flags (bit 0: a presence bitmap follows), the bitmap, the payload of the
/// present values.
/// docs/formats/encodings.md draws every byte.
/// </remarks>
public static class VectorEncoder
{
    internal const byte HasPresence = 1;

    /// <summary>Appends the encoded vector; the number of rows and the type are kept by the caller.</summary>
    /// <param name="vector">The values.</param>
    /// <param name="effort">How much time it may take.</param>
    /// <param name="writer">Takes the bytes.</param>
    /// <param name="siblings">Other columns of the same rows, which will be at hand when it is decoded.</param>
    public static BlockEncoding Encode(
        Vector vector,
        EncodingEffort effort,
        ByteWriter writer,
        IReadOnlyList<SiblingColumn>? siblings = null)
    {
        if (vector.Length == 0 || IsAllNull(vector))
        {
            writer.WriteByte((byte)BlockEncoding.AllNull);
            return BlockEncoding.AllNull;
        }

        // Presence comes before the payload, but strings learn theirs while encoding.
        int start = writer.Length;
        Bitmap? presence = vector is { IsConstant: false, Validity: { } validity } && validity.CountSet() < vector.Length ? validity : null;
        writer.WriteByte(0);
        writer.WriteByte(presence is null ? (byte)0 : HasPresence);
        if (presence is not null)
        {
            WritePresence(presence, writer);
        }

        BlockEncoding encoding = vector switch
        {
            StringVector { Templates: { } templates } => EncodeTemplates(templates, siblings ?? [], effort, writer),
            StringVector strings => EncodeStrings(strings, effort, start, writer),
            DynamicVector dynamics => EncodeDynamics(dynamics, presence, effort, writer),
            FixedVector<bool> bools => EncodeBools(bools, presence, writer),
            FixedVector<int> ints => EncodeInts(ints, presence, effort, writer),
            FixedVector<long> longs => IntegerCodec.Encode(Present(longs, presence), effort, writer),
            FixedVector<double> reals => RealCodec.Encode(Present(reals, presence), effort, writer),
            FixedVector<decimal> decimals => WideCodec.Encode(Present(decimals, presence), writer),
            FixedVector<Guid> guids => WideCodec.Encode(Present(guids, presence), writer),
            _ => throw new ArgumentException($"a vector of {vector.Type.Name()}"),
        };
        writer.PatchByte(start, (byte)encoding);
        return encoding;
    }

    private static bool IsAllNull(Vector vector) =>
        vector.Validity is { } validity
            ? validity.Words.IndexOfAnyExcept(0UL) < 0
            : vector is StringVector { IsDictionary: false, Templates: null } strings &&
              strings.Values.Offsets[0] == strings.Values.Offsets[^1];

    private static void WritePresence(Bitmap presence, ByteWriter writer)
    {
        byte[] bytes = SharedArrays.Rent<byte>((presence.Length + 7) >> 3);
        Span<byte> packed = bytes.AsSpan(0, (presence.Length + 7) >> 3);
        Span<ulong> words = presence.Words;
        for (int position = 0; position < packed.Length; position++)
        {
            packed[position] = (byte)(words[position >> 3] >> (8 * (position & 7)));
        }

        CompressedBytes.Write(packed, CompressedBytes.FastLevel, writer);
        SharedArrays.Return(bytes);
    }

    private static BlockEncoding EncodeTemplates(
        TemplateText templates,
        IReadOnlyList<SiblingColumn> siblings,
        EncodingEffort effort,
        ByteWriter writer)
    {
        TemplateCodec.Encode(templates, siblings, effort, writer);
        return BlockEncoding.Template;
    }

    private static BlockEncoding EncodeStrings(StringVector strings, EncodingEffort effort, int start, ByteWriter writer)
    {
        BlockEncoding encoding = StringCodec.Encode(strings, effort, writer, out Bitmap? presence);
        if (presence is null)
        {
            return encoding;
        }

        byte[] payload = writer.Written[(start + 2)..].ToArray();
        writer.Truncate(start + 1);
        writer.WriteByte(HasPresence);
        WritePresence(presence, writer);
        writer.WriteBytes(payload);
        return encoding;
    }

    private static BlockEncoding EncodeDynamics(DynamicVector vector, Bitmap? presence, EncodingEffort effort, ByteWriter writer)
    {
        Utf8Values values = presence is null ? vector.Values : vector.Values.Gather(presence.ToSelection());
        bool isConstant = true;
        for (int row = 1; isConstant && row < values.Count; row++)
        {
            isConstant = values[row].SequenceEqual(values[0]);
        }

        if (!isConstant)
        {
            TextCodec.Encode(values, effort, writer);
            return BlockEncoding.Text;
        }

        writer.WriteVarint((ulong)values[0].Length);
        CompressedBytes.Write(values[0], CompressedBytes.FastLevel, writer);
        return BlockEncoding.Constant;
    }

    private static BlockEncoding EncodeBools(FixedVector<bool> vector, Bitmap? presence, ByteWriter writer)
    {
        ReadOnlySpan<bool> values = Present(vector, presence);
        if (values.IndexOfAnyExcept(values[0]) < 0)
        {
            writer.WriteByte(values[0] ? (byte)1 : (byte)0);
            return BlockEncoding.Constant;
        }

        byte[] packed = new byte[(values.Length + 7) >> 3];
        for (int row = 0; row < values.Length; row++)
        {
            if (values[row])
            {
                packed[row >> 3] |= (byte)(1 << (row & 7));
            }
        }

        CompressedBytes.Write(packed, CompressedBytes.FastLevel, writer);
        return BlockEncoding.Bits;
    }

    private static BlockEncoding EncodeInts(FixedVector<int> vector, Bitmap? presence, EncodingEffort effort, ByteWriter writer)
    {
        ReadOnlySpan<int> values = Present(vector, presence);
        long[] wide = SharedArrays.Rent<long>(values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            wide[row] = values[row];
        }

        BlockEncoding encoding = IntegerCodec.Encode(wide.AsSpan(0, values.Length), effort, writer);
        SharedArrays.Return(wide);
        return encoding;
    }

    // The values that are not null, densely. Of a constant one value: every codec sees that it is constant.
    private static ReadOnlySpan<T> Present<T>(FixedVector<T> vector, Bitmap? presence)
        where T : unmanaged
    {
        if (presence is null)
        {
            return vector.Values;
        }

        T[] present = new T[presence.CountSet()];
        int next = 0;
        foreach (int row in presence.ToSelection())
        {
            present[next++] = vector[row];
        }

        return present;
    }
}
