using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Identifiers written as lower-case hexadecimal, or as UUIDs, as binary. Empty strings are left
/// out.</summary>
/// <remarks>Hex: byte digits, then digits / 2 bytes for each. Uuid: 16 bytes for each.</remarks>
internal static class IdentifierCodec
{
    private const int MinHexDigits = 8;
    private const int MaxHexDigits = 128;
    private const int UuidLength = 36;
    private const int UuidBytes = 16;

    public static bool TryEncode(StringVector vector, ByteWriter writer, out BlockEncoding encoding, out Bitmap? presence)
    {
        presence = null;
        int length = LengthOfFirst(vector);
        bool isUuid = length == UuidLength;
        encoding = isUuid ? BlockEncoding.Uuid : BlockEncoding.Hex;
        if (!isUuid && (length is < MinHexDigits or > MaxHexDigits || (length & 1) != 0))
        {
            return false;
        }

        int start = writer.Length;
        if (!isUuid)
        {
            writer.WriteByte((byte)length);
        }

        int sizeBytes = isUuid ? UuidBytes : length / 2;
        for (int row = 0; row < vector.Length; row++)
        {
            ReadOnlySpan<byte> text = vector[row];
            if (text.IsEmpty)
            {
                presence ??= Bitmap.AllSet(vector.Length);
                presence[row] = false;
                continue;
            }

            if (text.Length != length || !TryParse(text, isUuid, writer.Reserve(sizeBytes)))
            {
                writer.Truncate(start);
                presence = null;
                return false;
            }

            writer.Advance(sizeBytes);
        }

        return true;
    }

    public static Utf8Values Decode(BlockEncoding encoding, ref ByteReader reader, int count)
    {
        bool isUuid = encoding == BlockEncoding.Uuid;
        int length = isUuid ? UuidLength : reader.ReadByte();
        int sizeBytes = isUuid ? UuidBytes : length / 2;
        if ((long)count * sizeBytes > reader.Remaining)
        {
            throw new CorruptDataException($"byte {reader.Position}: {reader.Remaining} bytes left for {count} identifiers of {sizeBytes}");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked(count * length));
        int[] offsets = GC.AllocateUninitializedArray<int>(count + 1);
        offsets[0] = 0;
        for (int row = 0; row < count; row++)
        {
            Span<byte> text = bytes.AsSpan(offsets[row], length);
            Format(reader.ReadBytes(sizeBytes), isUuid, text);
            offsets[row + 1] = offsets[row] + length;
        }

        return new Utf8Values(offsets, bytes, count);
    }

    private static int LengthOfFirst(StringVector vector)
    {
        for (int row = 0; row < vector.Length; row++)
        {
            if (!vector[row].IsEmpty)
            {
                return vector[row].Length;
            }
        }

        return 0;
    }

    private static bool IsDash(int position) => position is 8 or 13 or 18 or 23;

    private static bool TryParse(ReadOnlySpan<byte> text, bool isUuid, Span<byte> binary)
    {
        int written = 0;
        for (int position = 0; position < text.Length; position += 2)
        {
            if (isUuid && IsDash(position))
            {
                if (text[position] != '-')
                {
                    return false;
                }

                position++;
            }
            else if (isUuid && IsDash(position + 1) && position + 1 < text.Length)
            {
                return false;
            }

            int value = (Digit(text[position]) << 4) | Digit(text[position + 1]);
            if (value < 0)
            {
                return false;
            }

            binary[written++] = (byte)value;
        }

        return true;
    }

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        _ => -1,
    };

    private static void Format(ReadOnlySpan<byte> binary, bool isUuid, Span<byte> text)
    {
        if (!isUuid)
        {
            Convert.TryToHexStringLower(binary, text, out _);
            return;
        }

        int position = 0;
        foreach (byte value in binary)
        {
            if (IsDash(position))
            {
                text[position++] = (byte)'-';
            }

            Convert.TryToHexStringLower([value], text[position..], out _);
            position += 2;
        }
    }
}
