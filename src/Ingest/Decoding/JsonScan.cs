using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Bongsu.Core.Kernels;

namespace Bongsu.Ingest.Decoding;

/// <summary>Reads the usual values of JSON rows with few instructions; what is unusual is left to
/// <see cref="JsonCursor"/>, which gives the same values.</summary>
internal static class JsonScan
{
    /// <summary>Above this many digits a mantissa may not fit 64 bits.</summary>
    public const int MaxDigits = 18;

    private const long MaxExactMantissa = 1L << 53;

    private static readonly double[] s_powersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    ];

    /// <summary>The closing quote of a string without escapes, from its first byte on; -1 where there is something else
    /// in it, or the body's end is near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PlainStringEnd(ReadOnlySpan<byte> body, int at)
    {
        for (; at <= body.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            Vector256<byte> bytes = Vector256.Create(body.Slice(at, Vector256<byte>.Count));
            uint mask = StringStops(bytes);
            if (mask != 0)
            {
                int stop = at + BitOperations.TrailingZeroCount(mask);
                return body[stop] == '"' ? stop : -1;
            }
        }

        return -1;
    }

    /// <summary>Bit by byte: quotes, backslashes and control characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StringStops(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) |
            Vector256.Equals(bytes, Vector256.Create((byte)'\\')) |
            Vector256.LessThan(bytes, Vector256.Create((byte)' '))).ExtractMostSignificantBits();

    /// <summary>Reads a number of at most 18 digits without exponent; false (and nothing read) where it is
    /// another.</summary>
    /// <param name="body">Holds it.</param>
    /// <param name="at">Its first byte; afterwards behind its last.</param>
    /// <param name="end">Where the row ends.</param>
    /// <param name="isInteger">Whether <paramref name="integer"/> is it, else <paramref name="real"/>.</param>
    /// <param name="integer">An integer.</param>
    /// <param name="real">A number with a fraction.</param>
    public static bool TryReadNumber(
        ReadOnlySpan<byte> body, ref int at, int end, out bool isInteger, out long integer, out double real)
    {
        isInteger = true;
        real = 0;
        int position = at;
        bool isNegative = body[position] == '-';
        position += isNegative ? 1 : 0;
        int digits = NumberScan.ReadDigits(body, position, end, out long mantissa);
        integer = isNegative ? -mantissa : mantissa;
        if (digits is 0 or > MaxDigits || (digits > 1 && body[position] == '0'))
        {
            return false;
        }

        position += digits;

        if (position < end && body[position] == '.')
        {
            position++;
            int scale = NumberScan.ReadDigits(body, position, end, out long fraction);
            if (scale == 0 || digits + scale > MaxDigits ||
                !TryScale((mantissa * (long)s_powersOfTen[scale]) + fraction, digits + scale, scale, out real))
            {
                return false;
            }

            position += scale;
            isInteger = false;
            real = isNegative ? -real : real;
        }

        if (position < end && (body[position] | 0x20) == 'e')
        {
            return false;
        }

        at = position;
        return true;
    }

    /// <summary>The number of so many digits with the point so many places from the right; false where it might not be
    /// the nearest double.</summary>
    /// <remarks>Both numbers are exact doubles, so the quotient is rounded once and right (Clinger, PLDI 1990).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryScale(long mantissa, int digits, int scale, out double value)
    {
        bool isExact = digits <= MaxDigits && mantissa <= MaxExactMantissa;
        value = isExact ? mantissa / s_powersOfTen[scale] : 0;
        return isExact;
    }
}
