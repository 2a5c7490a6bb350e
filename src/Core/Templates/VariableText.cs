using System.Buffers.Text;

namespace Bongsu.Core.Templates;

/// <summary>Variables between their text and their number; for each kind exactly one text stands for a
/// number.</summary>
public static class VariableText
{
    /// <summary>Most bytes of the text of a number.</summary>
    public const int MaxNumberBytes = 32;

    /// <summary>Most fraction digits of a decimal.</summary>
    public const int MaxFractionDigits = 9;

    /// <summary>Most digits of a hexadecimal variable.</summary>
    public const int MaxHexDigits = 16;

    /// <summary>Most digits of a decimal: its scaled value and sign must fit 64 bits.</summary>
    internal const int MaxDecimalDigits = 18;

    // So many may fit 64 bits; the last ones are looked at.
    private const int MaxIntegerDigits = 19;

    private static ReadOnlySpan<long> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    ];

    /// <summary>Ten to the power of 0 to <see cref="MaxFractionDigits"/>.</summary>
    public static long PowerOfTen(int digits) => PowersOfTen[digits];

    /// <summary>Whether a kind can have so many digits.</summary>
    public static bool IsValid(VariableKind kind, int digits) => kind switch
    {
        VariableKind.Decimal => digits is >= 1 and <= MaxFractionDigits,
        VariableKind.Hex => digits is >= 1 and <= MaxHexDigits,
        VariableKind.Text or VariableKind.Integer or VariableKind.Ipv4 => digits == 0,
        _ => false,
    };

    /// <summary>Writes the text of a number; needs <see cref="MaxNumberBytes"/>.</summary>
    /// <returns>Bytes written.</returns>
    public static int Format(VariableKind kind, int digits, long number, Span<byte> destination)
    {
        int written;
        switch (kind)
        {
            case VariableKind.Integer:
                Utf8Formatter.TryFormat(number, destination, out written);
                return written;
            case VariableKind.Decimal:
                return FormatDecimal(number, digits, destination);
            case VariableKind.Hex:
                for (int digit = digits - 1; digit >= 0; digit--, number >>>= 4)
                {
                    destination[digit] = "0123456789abcdef"u8[(int)(number & 15)];
                }

                return digits;
            default:
                written = 0;
                for (int shift = 24; shift >= 0; shift -= 8)
                {
                    Utf8Formatter.TryFormat((byte)(number >> shift), destination[written..], out int octetBytes);
                    written += octetBytes;
                    destination[written++] = (byte)'.';
                }

                return written - 1;
        }
    }

    /// <summary>The number that a text stands for, where it is the one text of that number.</summary>
    public static bool TryParse(VariableKind kind, int digits, ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        return kind switch
        {
            VariableKind.Integer => TryParseInteger(text, out number),
            VariableKind.Decimal => TryParseDecimal(text, digits, out number),
            VariableKind.Hex => text.Length == digits && TryParseHex(text, out number),
            VariableKind.Ipv4 => TryParseIpv4(text, out number),
            _ => false,
        };
    }

    /// <summary>The kind of a single text that keeps it best, and its digits.</summary>
    public static VariableKind KindOf(ReadOnlySpan<byte> text, out int digits)
    {
        digits = 0;
        if (text.IsEmpty || text.Length > MaxNumberBytes)
        {
            return VariableKind.Text;
        }

        if (TryParseInteger(text, out _))
        {
            return VariableKind.Integer;
        }

        int point = text.IndexOf((byte)'.');
        if (point >= 0)
        {
            digits = text.Length - point - 1;
            if (digits is >= 1 and <= MaxFractionDigits && TryParseDecimal(text, digits, out _))
            {
                return VariableKind.Decimal;
            }

            digits = 0;
            return TryParseIpv4(text, out _) ? VariableKind.Ipv4 : VariableKind.Text;
        }

        if (text.Length is >= 2 and <= MaxHexDigits && TryParseHex(text, out _))
        {
            digits = text.Length;
            return VariableKind.Hex;
        }

        return VariableKind.Text;
    }

    private static int FormatDecimal(long number, int digits, Span<byte> destination)
    {
        long power = PowerOfTen(digits);
        int written = 0;
        if (number < 0)
        {
            destination[written++] = (byte)'-';
        }

        ulong magnitude = (ulong)Math.Abs(number);
        Utf8Formatter.TryFormat(magnitude / (ulong)power, destination[written..], out int wholeBytes);
        written += wholeBytes;
        destination[written++] = (byte)'.';
        ulong fraction = magnitude % (ulong)power;
        for (int digit = digits - 1; digit >= 0; digit--, fraction /= 10)
        {
            destination[written + digit] = (byte)('0' + (fraction % 10));
        }

        return written + digits;
    }

    private static bool TryParseInteger(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        bool isNegative = !text.IsEmpty && text[0] == '-';
        ReadOnlySpan<byte> digits = isNegative ? text[1..] : text;
        if (digits.Length is 0 or > MaxIntegerDigits || (digits[0] == '0' && (digits.Length > 1 || isNegative)))
        {
            return false;
        }

        ulong magnitude = 0;
        foreach (byte character in digits)
        {
            uint digit = (uint)character - '0';
            if (digit > 9)
            {
                return false;
            }

            magnitude = (magnitude * 10) + digit;
        }

        number = isNegative ? -(long)magnitude : (long)magnitude;
        return magnitude <= long.MaxValue;
    }

    private static bool TryParseDecimal(ReadOnlySpan<byte> text, int digits, out long number)
    {
        number = 0;
        int point = text.Length - digits - 1;
        if (point < 1 || text[point] != '.')
        {
            return false;
        }

        ReadOnlySpan<byte> whole = text[..point];
        bool isNegative = whole[0] == '-';
        whole = isNegative ? whole[1..] : whole;
        if (whole.Length is 0 || whole.Length + digits > MaxDecimalDigits || (whole[0] == '0' && whole.Length > 1))
        {
            return false;
        }

        foreach (byte character in whole)
        {
            uint digit = (uint)character - '0';
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        foreach (byte character in text[(point + 1)..])
        {
            uint digit = (uint)character - '0';
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        // "-0.00" is not the text of any number.
        number = isNegative ? -number : number;
        return !isNegative || number != 0;
    }

    private static bool TryParseHex(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        foreach (byte character in text)
        {
            int digit = character switch
            {
                >= (byte)'0' and <= (byte)'9' => character - '0',
                >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return false;
            }

            number = (number << 4) | (uint)digit;
        }

        return true;
    }

    private static bool TryParseIpv4(ReadOnlySpan<byte> text, out long number)
    {
        const int Octets = 4;
        number = 0;
        int position = 0;
        for (int octet = 0; octet < Octets; octet++)
        {
            int start = position;
            int value = 0;
            while (position < text.Length && position - start < 3 && (uint)(text[position] - '0') <= 9)
            {
                value = (value * 10) + text[position++] - '0';
            }

            bool isLast = octet == Octets - 1;
            if (position == start || value > 255 || (text[start] == '0' && position - start > 1) ||
                (isLast ? position != text.Length : position >= text.Length || text[position++] != '.'))
            {
                return false;
            }

            number = (number << 8) | (uint)value;
        }

        return true;
    }
}
