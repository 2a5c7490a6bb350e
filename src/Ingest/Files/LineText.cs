using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Files;

/// <summary>Brings the bytes of a line to UTF-8 without losing any: from UTF-16, CP949, or whatever they are.</summary>
internal sealed class LineText
{
    private byte[] _room = [];

    /// <summary>Gives the line as valid UTF-8, without the carriage returns at its end.</summary>
    /// <param name="line">Bytes of the line without its line feed.</param>
    /// <param name="encoding">How the file is encoded.</param>
    /// <returns>The line itself, or a view of a buffer that holds until the next call.</returns>
    /// <remarks>
    /// A line that is not UTF-8 is taken for CP949 where all of it can be that and most of it is Hangul; else each
    /// wrong byte becomes
    /// the Latin-1 character of its number, so that the bytes can be had back.
    /// </remarks>
    public ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> line, FileEncoding encoding)
    {
        if (encoding != FileEncoding.Utf8)
        {
            return FromUtf16(line, encoding).TrimEnd((byte)'\r');
        }

        line = line.TrimEnd((byte)'\r');
        if (Utf8.IsValid(line))
        {
            return line;
        }

        return IsLikelyCp949(line) && KoreanText.TryTranscode(line, out ReadOnlySpan<byte> utf8) ? utf8 : FromLatin1(line);
    }

    private Span<byte> FromUtf16(ReadOnlySpan<byte> line, FileEncoding encoding)
    {
        // Three bytes of UTF-8 at most for each unit; a torn last byte or half a surrogate pair becomes U+FFFD.
        Encoding utf16 = encoding == FileEncoding.Utf16LittleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode;
        string text = utf16.GetString(line);
        Span<byte> room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        return room[..Encoding.UTF8.GetBytes(text, room)];
    }

    private ReadOnlySpan<byte> FromLatin1(ReadOnlySpan<byte> line)
    {
        Span<byte> room = Room(line.Length * 2);
        int length = 0;
        while (!line.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(line, out _, out int consumed);
            if (status == OperationStatus.Done)
            {
                line[..consumed].CopyTo(room[length..]);
                length += consumed;
            }
            else
            {
                foreach (byte wrong in line[..consumed])
                {
                    room[length++] = (byte)(0xC0 | (wrong >> 6));
                    room[length++] = (byte)(0x80 | (wrong & 0x3F));
                }
            }

            line = line[consumed..];
        }

        return room[..length];
    }

    // Hangul of KS X 1001 has lead bytes B0 to C8; a Latin text has no such runs of pairs, a damaged UTF-8 text has
    // other pairs.
    private static bool IsLikelyCp949(ReadOnlySpan<byte> line)
    {
        int pairs = 0;
        int hangul = 0;
        for (int at = 0; at < line.Length; at++)
        {
            byte lead = line[at];
            if (lead < 0x80)
            {
                continue;
            }

            byte trail = at + 1 < line.Length ? line[at + 1] : (byte)0;
            if (lead is 0x80 or 0xFF || !(trail is >= 0x81 and <= 0xFE or >= 0x41 and <= 0x5A or >= 0x61 and <= 0x7A))
            {
                return false;
            }

            pairs++;
            hangul += lead is >= 0xB0 and <= 0xC8 && trail >= 0xA1 ? 1 : 0;
            at++;
        }

        return hangul * 2 > pairs;
    }

    private Span<byte> Room(int bytes)
    {
        if (_room.Length < bytes)
        {
            _room = new byte[bytes];
        }

        return _room;
    }
}
