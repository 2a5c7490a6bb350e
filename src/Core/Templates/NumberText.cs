using System.Runtime.CompilerServices;
using Bongsu.Core.Kernels;

namespace Bongsu.Core.Templates;

/// <summary>Reads a number of a known kind at the front of text: the quick twin of
/// <see cref="VariableText.TryParse"/>.</summary>
internal static class NumberText
{
    /// <summary>Reads one number; what follows it is for the caller to judge.</summary>
    /// <returns>Its length in bytes; 0 if the text is not the one text of a number of this kind.</returns>
    public static int Read(VariableKind kind, int digits, ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        switch (kind)
        {
            case VariableKind.Integer:
                return ReadInteger(bytes, start, end, out number);
            case VariableKind.Decimal:
                return ReadDecimal(digits, bytes, start, end, out number);
            case VariableKind.Hex:
                return NumberScan.ReadHex(bytes, start, end, out number) == digits ? digits : 0;
            case VariableKind.Time:
                return TimeText.Read(digits, bytes, start, end, out number);
            case VariableKind.Padded:
                return NumberScan.ReadDigits(bytes, start, end, out number) == digits ? digits : 0;
            default:
                return ReadIpv4(bytes, start, end, out number);
        }
    }

    /// <summary>As <see cref="Read"/>, for integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadInteger(ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        bool isNegative = start < end && bytes[start] == '-';
        int first = isNegative ? start + 1 : start;
        int length = NumberScan.ReadDigits(bytes, first, end, out number);
        if (length == 0 || (bytes[first] == '0' && (length > 1 || isNegative)))
        {
            return 0;
        }

        number = isNegative ? -number : number;
        return first + length - start;
    }

    private static int ReadDecimal(int digits, ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        bool isNegative = start < end && bytes[start] == '-';
        int first = isNegative ? start + 1 : start;
        int whole = NumberScan.ReadDigits(bytes, first, end, out number);
        int point = first + whole;
        if (whole == 0 || (bytes[first] == '0' && whole > 1) || point >= end || bytes[point] != '.' ||
            whole + digits > VariableText.MaxDecimalDigits ||
            NumberScan.ReadDigits(bytes, point + 1, end, out long fraction) != digits)
        {
            return 0;
        }

        number = (number * VariableText.PowerOfTen(digits)) + fraction;
        if (isNegative && number == 0)
        {
            return 0;
        }

        number = isNegative ? -number : number;
        return point + 1 + digits - start;
    }

    private static int ReadIpv4(ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        number = 0;
        int position = start;
        for (int octet = 0; octet < 4; octet++)
        {
            if (octet > 0 && (position >= end || bytes[position++] != '.'))
            {
                return 0;
            }

            int first = position;
            int value = 0;
            for (; position < end && position - first < 3 && WordScan.IsDigit(bytes[position]); position++)
            {
                value = (value * 10) + bytes[position] - '0';
            }

            if (position == first || value > 255 || (bytes[first] == '0' && position - first > 1))
            {
                return 0;
            }

            number = (number << 8) | (uint)value;
        }

        return position - start;
    }
}
