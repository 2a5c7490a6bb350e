using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    // The ends of all octets at once; each octet is then three digits of one word.
    private static int ReadIpv4(ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        number = 0;
        int limit = Math.Min(end - start, Vector128<byte>.Count);
        Span<byte> room = stackalloc byte[Vector128<byte>.Count];
        ReadOnlySpan<byte> text = room;
        if (bytes.Length - start >= text.Length)
        {
            text = bytes.Slice(start, text.Length);
        }
        else
        {
            room.Clear();
            bytes[start..end].CopyTo(room);
        }

        Vector128<byte> values = Vector128.Create(text) - Vector128.Create((byte)'0');
        uint ends = ~Vector128.LessThanOrEqual(values, Vector128.Create((byte)9)).ExtractMostSignificantBits() | (1U << limit);
        int first = 0;
        for (int octet = 0; octet < 4; octet++)
        {
            int last = Math.Min(BitOperations.TrailingZeroCount(ends), limit);
            ends &= ends - 1;
            int length = octet < 3 ? last - first : Math.Min(last - first, 3);
            if (length is < 1 or > 3 || (octet < 3 && (last == limit || text[last] != '.')))
            {
                return 0;
            }

            uint digits = (BinaryPrimitives.ReadUInt32LittleEndian(text[first..]) << (8 * (4 - length))) & 0x0F0F0F0F;
            uint value = (digits >> 24) + (10 * ((digits >> 16) & 0xFF)) + (100 * ((digits >> 8) & 0xFF));
            if (value > 255 || (text[first] == '0' && length > 1))
            {
                return 0;
            }

            number = (number << 8) | value;
            first += octet < 3 ? length + 1 : length;
        }

        return first;
    }
}
