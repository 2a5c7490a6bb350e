using System.Buffers.Text;
using System.Numerics;

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

    // The least number of one digit more; zero has one digit too.
    private static ReadOnlySpan<ulong> LeastOfDigits =>
    [
        0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

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
        VariableKind.Time => TimeText.IsValid(digits),
        VariableKind.Padded => digits is >= 2 and <= MaxDecimalDigits,
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
            case VariableKind.Time:
                return TimeText.Format(digits, number, destination);
            case VariableKind.Padded:
                FormatPadded((ulong)number, digits, destination);
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
    public static bool TryParse(VariableKind kind, int digits, ReadOnlySpan<byte> text, out long number) =>
        NumberText.Read(kind, digits, text, 0, text.Length, out number) == text.Length && !text.IsEmpty;

    /// <summary>The kind of a single text that keeps it best, and its digits.</summary>
    public static VariableKind KindOf(ReadOnlySpan<byte> text, out int digits)
    {
        digits = 0;
        if (text.IsEmpty || text.Length > MaxNumberBytes)
        {
            return VariableKind.Text;
        }

        if (TryParse(VariableKind.Integer, 0, text, out _))
        {
            return VariableKind.Integer;
        }

        int timeForm = text.Contains((byte)':') ? TimeText.FormOf(text) : -1;
        if (timeForm >= 0)
        {
            digits = timeForm;
            return VariableKind.Time;
        }

        int point = text.IndexOf((byte)'.');
        if (point >= 0)
        {
            digits = text.Length - point - 1;
            if (digits is >= 1 and <= MaxFractionDigits && TryParse(VariableKind.Decimal, digits, text, out _))
            {
                return VariableKind.Decimal;
            }

            digits = 0;
            return TryParse(VariableKind.Ipv4, 0, text, out _) ? VariableKind.Ipv4 : KindOfDotted(text, ref digits);
        }

        if (text.Length is >= 2 and <= MaxDecimalDigits && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            digits = text.Length;
            return VariableKind.Padded;
        }

        if (text.Length is >= 2 and <= MaxHexDigits && TryParse(VariableKind.Hex, text.Length, text, out _))
        {
            digits = text.Length;
            return VariableKind.Hex;
        }

        return VariableKind.Text;
    }

    /// <summary>Writes so many last digits of a number.</summary>
    internal static void FormatPadded(ulong number, int digits, Span<byte> destination)
    {
        for (int digit = digits - 1; digit >= 0; digit--, number /= 10)
        {
            destination[digit] = (byte)('0' + (number % 10));
        }
    }

    // "15.42.50.675872"; with less than six digits at the end it is more likely a version.
    private static VariableKind KindOfDotted(ReadOnlySpan<byte> text, ref int digits)
    {
        int form = text.Length >= "1.2.3.456789".Length ? TimeText.FormOf(text) : -1;
        digits = Math.Max(form, 0);
        return form >= 0 ? VariableKind.Time : VariableKind.Text;
    }

    private static int FormatDecimal(long number, int digits, Span<byte> destination)
    {
        long power = PowerOfTen(digits);
        int written = 0;
        if (number < 0)
        {
            destination[written++] = (byte)'-';
        }

        ulong magnitude = number < 0 ? unchecked((ulong)-number) : (ulong)number;
        Utf8Formatter.TryFormat(magnitude / (ulong)power, destination[written..], out int wholeBytes);
        written += wholeBytes;
        destination[written++] = (byte)'.';
        ulong fraction = magnitude % (ulong)power;
        FormatPadded(fraction, digits, destination[written..]);
        return written + digits;
    }

    /// <summary>The least number of so many digits, two or more.</summary>
    internal static ulong LeastOf(int digits) => LeastOfDigits[digits - 1];

    /// <summary>Decimal digits of a number.</summary>
    internal static int DigitsOf(ulong value)
    {
        // 1233 / 4096 is a little more than the logarithm of two; one comparison puts the guess right.
        int guess = ((BitOperations.Log2(value | 1) + 1) * 1233) >> 12;
        return guess + (value >= LeastOfDigits[guess] ? 1 : 0);
    }
}
