using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bongsu.Core.Kernels;

/// <summary>Reads numbers at the front of text, several digits at a time.</summary>
/// <remarks>Eight digits by three multiplications: Daniel Lemire, "Quickly parsing eight digits", 2018.</remarks>
public static class NumberScan
{
    /// <summary>Most digits that are read.</summary>
    public const int MaxDigits = 19;

    /// <summary>Reads decimal digits, leading zeros too.</summary>
    /// <returns>Number of digits; 0 for none, or where the number does not fit 64 bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadDigits(ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        const int Step = sizeof(ulong);
        number = 0;
        if (start > bytes.Length - Step)
        {
            return ReadDigitsSlowly(bytes, start, end, out number);
        }

        int digits = ReadStep(BinaryPrimitives.ReadUInt64LittleEndian(bytes[start..]), end - start, out number);
        return digits < Step ? digits : ReadMore(bytes, start, end, ref number);
    }

    /// <summary>Reads up to 16 lower-case hexadecimal digits.</summary>
    /// <returns>Number of digits before the first other byte, at most 16.</returns>
    public static int ReadHex(ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        number = 0;
        if (start > bytes.Length - Vector128<byte>.Count)
        {
            return ReadHexSlowly(bytes, start, end, out number);
        }

        Vector128<byte> text = Vector128.Create(bytes.Slice(start, Vector128<byte>.Count));
        Vector128<byte> decimals = text - Vector128.Create((byte)'0');
        Vector128<byte> letters = text - Vector128.Create((byte)'a');
        Vector128<byte> isDecimal = Vector128.LessThanOrEqual(decimals, Vector128.Create((byte)9));
        Vector128<byte> isLetter = Vector128.LessThanOrEqual(letters, Vector128.Create((byte)5));
        uint others = ~(isDecimal | isLetter).ExtractMostSignificantBits();
        int digits = Math.Min(Math.Min(BitOperations.TrailingZeroCount(others), Vector128<byte>.Count), end - start);
        if (digits == 0)
        {
            return 0;
        }

        // Behind the last digit there may be anything: it must not reach into the nibble before it.
        Vector128<byte> nibbles = Vector128.ConditionalSelect(isDecimal, decimals, letters + Vector128.Create((byte)10));
        Vector128<ushort> pairs = (nibbles & Vector128.Create((byte)0x0F)).AsUInt16();
        pairs = ((pairs << 4) | (pairs >>> 8)) & Vector128.Create((ushort)0xFF);
        ulong packed = Vector128.Narrow(pairs, pairs).AsUInt64().ToScalar();
        number = (long)(BinaryPrimitives.ReverseEndianness(packed) >> (4 * (16 - digits)));
        return digits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadStep(ulong text, int most, out long number)
    {
        ulong values = text ^ 0x3030303030303030;
        ulong others = ((values + 0x7676767676767676) | values) & 0x8080808080808080;
        int digits = Math.Min(BitOperations.TrailingZeroCount(others) >> 3, most);
        if (digits <= 0)
        {
            number = 0;
            return 0;
        }

        values <<= 64 - (8 * digits);
        values = (values * 10) + (values >> 8);
        number = (uint)((((values & 0x000000FF000000FF) * 0x000F424000000064) +
            (((values >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
        return digits;
    }

    private static int ReadMore(ReadOnlySpan<byte> bytes, int start, int end, ref long number)
    {
        ulong sum = (ulong)number;
        int position = start + sizeof(ulong);
        for (; position < end && (uint)(bytes[position] - '0') <= 9; position++)
        {
            if (position - start >= MaxDigits)
            {
                return 0;
            }

            sum = (sum * 10) + bytes[position] - '0';
        }

        number = (long)sum;
        return number < 0 ? 0 : position - start;
    }

    private static int ReadDigitsSlowly(ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        ulong sum = 0;
        int position = start;
        for (; position < end && position - start < MaxDigits && (uint)(bytes[position] - '0') <= 9; position++)
        {
            sum = (sum * 10) + bytes[position] - '0';
        }

        number = (long)sum;
        return number < 0 ? 0 : position - start;
    }

    private static int ReadHexSlowly(ReadOnlySpan<byte> bytes, int start, int end, out long number)
    {
        number = 0;
        int position = start;
        for (; position < end && position - start < 16; position++)
        {
            int digit = bytes[position] switch
            {
                >= (byte)'0' and <= (byte)'9' => bytes[position] - '0',
                >= (byte)'a' and <= (byte)'f' => bytes[position] - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                break;
            }

            number = (number << 4) | (uint)digit;
        }

        return position - start;
    }
}
