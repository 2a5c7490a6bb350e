namespace Bongsu.Core.Text;

/// <summary>Undoes the escapes of JSON strings (RFC 8259 section 7).</summary>
public static class JsonEscapes
{
    /// <summary>Undoes escapes; half a surrogate pair becomes U+FFFD, since real loggers cut strings in the middle of
    /// one.</summary>
    /// <param name="escaped">What stands between the quotes.</param>
    /// <param name="destination">At least as long as <paramref name="escaped"/>.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False where an escape is none of JSON's.</returns>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, Span<byte> destination, out int length)
    {
        length = 0;
        while (true)
        {
            int plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
            {
                escaped.CopyTo(destination[length..]);
                length += escaped.Length;
                return true;
            }

            escaped[..plain].CopyTo(destination[length..]);
            length += plain;
            escaped = escaped[plain..];
            if (escaped.Length < 2)
            {
                return false;
            }

            if (escaped[1] == 'u')
            {
                if (!TryUnicode(ref escaped, destination, ref length))
                {
                    return false;
                }

                continue;
            }

            byte single = Single(escaped[1]);
            if (single == 0)
            {
                return false;
            }

            destination[length++] = single;
            escaped = escaped[2..];
        }
    }

    private static byte Single(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => 0,
    };

    private static bool TryUnicode(ref ReadOnlySpan<byte> escaped, Span<byte> destination, ref int length)
    {
        if (!TryCodeUnit(escaped, out char first))
        {
            return false;
        }

        escaped = escaped[6..];
        if (!System.Text.Rune.TryCreate(first, out System.Text.Rune rune))
        {
            rune = System.Text.Rune.ReplacementChar;
            if (TryCodeUnit(escaped, out char second) && System.Text.Rune.TryCreate(first, second, out System.Text.Rune pair))
            {
                rune = pair;
                escaped = escaped[6..];
            }
        }

        length += rune.EncodeToUtf8(destination[length..]);
        return true;
    }

    private static bool TryCodeUnit(ReadOnlySpan<byte> escaped, out char unit)
    {
        unit = '\0';
        if (escaped.Length < 6 || escaped[0] != '\\' || escaped[1] != 'u')
        {
            return false;
        }

        int value = 0;
        foreach (byte digit in escaped.Slice(2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        unit = (char)value;
        return true;
    }
}
