using Bongsu.Core.Kernels;

namespace Bongsu.Core.Templates;

/// <summary>Times of day between their text and the number of their smallest units since midnight.</summary>
/// <remarks>
/// The form says how they are written: fraction digits (0 to 9), plus <see cref="Dotted"/> for "15.42.50" instead of
/// "15:42:50", plus <see cref="Unpadded"/> for "0:28:7" instead of "00:28:07".
/// </remarks>
internal static class TimeText
{
    public const int Dotted = 16;
    public const int Unpadded = 32;
    public const int FractionMask = 15;

    /// <summary>Whether there is such a form.</summary>
    public static bool IsValid(int form) =>
        form >= 0 && (form & ~(Dotted | Unpadded)) <= VariableText.MaxFractionDigits && form < 2 * Unpadded;

    /// <summary>The form of a time; -1 if the text is none.</summary>
    public static int FormOf(ReadOnlySpan<byte> text)
    {
        int length = Measure(text, isDotted: false);
        int dotted = length == text.Length ? 0 : Dotted;
        if (dotted != 0 && Measure(text, isDotted: true) != text.Length)
        {
            return -1;
        }

        for (int padded = 0; padded <= Unpadded; padded += Unpadded)
        {
            for (int fraction = 0; fraction <= VariableText.MaxFractionDigits; fraction++)
            {
                int form = fraction | dotted | padded;
                if (Read(form, text, 0, text.Length, out _) == text.Length)
                {
                    return form;
                }
            }
        }

        return -1;
    }

    /// <summary>Length of what looks like a time in front of text; 0 if there is none.</summary>
    public static int Measure(ReadOnlySpan<byte> text, bool isDotted)
    {
        byte separator = isDotted ? (byte)'.' : (byte)':';
        int position = 0;
        for (int part = 0; part < 3; part++)
        {
            int start = position;
            while (position < text.Length && position - start < 3 && WordScan.IsDigit(text[position]))
            {
                position++;
            }

            if (position - start is 0 or 3 || (part < 2 && (position == text.Length || text[position++] != separator)))
            {
                return 0;
            }
        }

        int fraction = position + 1;
        while (fraction < text.Length && text[position] == '.' && WordScan.IsDigit(text[fraction]))
        {
            fraction++;
        }

        return fraction > position + 1 ? fraction : position;
    }

    /// <summary>Reads a time of a form at the front of text.</summary>
    /// <returns>Its length; 0 if there is none.</returns>
    public static int Read(int form, ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        byte separator = (form & Dotted) != 0 ? (byte)'.' : (byte)':';
        number = 0;
        int position = start;
        for (int part = 0; part < 3; part++)
        {
            if (part > 0 && (position >= end || bytes[position++] != separator))
            {
                return 0;
            }

            int length = NumberScan.ReadDigits(bytes, position, end, out long value);
            bool isRight = (form & Unpadded) == 0
                ? length == 2
                : length is 1 or 2 && (length == 1 || bytes[position] != '0');
            if (!isRight || value >= (part == 0 ? 24 : 60))
            {
                return 0;
            }

            number = (number * 60) + value;
            position += length;
        }

        int digits = form & FractionMask;
        if (digits == 0)
        {
            return position - start;
        }

        if (position >= end || bytes[position] != '.' ||
            NumberScan.ReadDigits(bytes, position + 1, end, out long fraction) != digits)
        {
            return 0;
        }

        number = (number * VariableText.PowerOfTen(digits)) + fraction;
        return position + 1 + digits - start;
    }

    /// <summary>Writes a time; any number gives some text.</summary>
    /// <returns>Bytes written.</returns>
    public static int Format(int form, long number, Span<byte> destination)
    {
        byte separator = (form & Dotted) != 0 ? (byte)'.' : (byte)':';
        int digits = form & FractionMask;
        ulong power = (ulong)VariableText.PowerOfTen(digits);
        ulong seconds = (ulong)number / power;
        int written = 0;
        for (ulong unit = 3600; unit > 0; unit /= 60)
        {
            ulong part = seconds / unit % (unit == 3600 ? 100UL : 60);
            if (part >= 10 || (form & Unpadded) == 0)
            {
                destination[written++] = (byte)('0' + (part / 10));
            }

            destination[written++] = (byte)('0' + (part % 10));
            destination[written++] = separator;
        }

        written--;
        if (digits > 0)
        {
            destination[written++] = (byte)'.';
            VariableText.FormatPadded((ulong)number % power, digits, destination[written..]);
            written += digits;
        }

        return written;
    }
}
