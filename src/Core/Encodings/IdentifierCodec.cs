using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Identifiers and addresses as binary. Empty strings are left out.</summary>
/// <remarks><see cref="CompressedBytes"/> of the binaries: digits / 2 bytes for each of hex (byte digits before), 16 of
/// uuid and ip, 4 of ipv4.</remarks>
internal static class IdentifierCodec
{
    /// <summary>Most bytes of an identifier.</summary>
    public const int MaxWidthBytes = IdentifierText.MaxHexDigits / 2;

    private const int IpBytes = 16;

    public static bool TryEncode(StringVector vector, ByteWriter writer, out BlockEncoding encoding, out Bitmap? presence)
    {
        presence = null;
        encoding = default;
        if (!IdentifierText.TryRecognize(FirstOf(vector), out IdentifierForm form, out int widthBytes))
        {
            return false;
        }

        return TryEncode(form, widthBytes, vector, writer, out encoding, out presence) ||
            (form == IdentifierForm.Ipv4 && // then there may be some of both versions
                TryEncode(IdentifierForm.Ip, IpBytes, vector, writer, out encoding, out presence));
    }

    public static Utf8Values Decode(BlockEncoding encoding, ref ByteReader reader, int count)
    {
        IdentifierForm form = encoding switch
        {
            BlockEncoding.Uuid => IdentifierForm.Uuid,
            BlockEncoding.Ipv4 => IdentifierForm.Ipv4,
            BlockEncoding.Ip => IdentifierForm.Ip,
            _ => IdentifierForm.Hex,
        };
        int widthBytes = form switch
        {
            IdentifierForm.Uuid or IdentifierForm.Ip => 16,
            IdentifierForm.Ipv4 => 4,
            _ => reader.ReadByte() / 2,
        };
        if (!IdentifierText.IsWidth(form, widthBytes))
        {
            throw new CorruptDataException($"byte {reader.Position}: identifiers of {widthBytes} bytes");
        }

        byte[] binary = CompressedBytes.Read(ref reader, checked(count * widthBytes));

        int maxLength = IdentifierText.MaxLength(form, widthBytes);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked(count * maxLength));
        int[] offsets = GC.AllocateUninitializedArray<int>(count + 1);
        offsets[0] = 0;
        for (int row = 0; row < count; row++)
        {
            int length = IdentifierText.Format(form, binary.AsSpan(row * widthBytes, widthBytes), bytes.AsSpan(offsets[row]));
            offsets[row + 1] = offsets[row] + length;
        }

        return new Utf8Values(offsets, bytes, count);
    }

    private static bool TryEncode(
        IdentifierForm form,
        int widthBytes,
        StringVector vector,
        ByteWriter writer,
        out BlockEncoding encoding,
        out Bitmap? presence)
    {
        presence = null;
        encoding = EncodingOf(form);
        int start = writer.Length;
        if (form == IdentifierForm.Hex)
        {
            writer.WriteByte((byte)(2 * widthBytes));
        }

        byte[] binary = SharedArrays.Rent<byte>(vector.Length * widthBytes);
        int written = 0;
        for (int row = 0; row < vector.Length; row++)
        {
            ReadOnlySpan<byte> text = vector[row];
            if (text.IsEmpty)
            {
                presence ??= Bitmap.AllSet(vector.Length);
                presence[row] = false;
                continue;
            }

            if (!IdentifierText.TryParse(form, text, binary.AsSpan(written, widthBytes)))
            {
                writer.Truncate(start);
                presence = null;
                SharedArrays.Return(binary);
                return false;
            }

            written += widthBytes;
        }

        CompressedBytes.Write(binary.AsSpan(0, written), CompressedBytes.FastLevel, writer);
        SharedArrays.Return(binary);
        return true;
    }

    private static BlockEncoding EncodingOf(IdentifierForm form) => form switch
    {
        IdentifierForm.Uuid => BlockEncoding.Uuid,
        IdentifierForm.Ipv4 => BlockEncoding.Ipv4,
        IdentifierForm.Ip => BlockEncoding.Ip,
        _ => BlockEncoding.Hex,
    };

    private static ReadOnlySpan<byte> FirstOf(StringVector vector)
    {
        for (int row = 0; row < vector.Length; row++)
        {
            if (!vector[row].IsEmpty)
            {
                return vector[row];
            }
        }

        return default;
    }
}
