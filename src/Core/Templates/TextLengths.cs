using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bongsu.Core.Templates;

/// <summary>How long the texts of many numbers are, without writing them.</summary>
/// <remarks>A number has one digit, and one more for each power of ten it reaches: counted many numbers at a time, power by power.</remarks>
internal static class TextLengths
{
    private const int Ipv4Dots = 3;
    private const int Ipv4Octets = 4;

    /// <summary>Bytes of the texts of all numbers.</summary>
    public static long Sum(VariableKind kind, int digits, ReadOnlySpan<long> numbers) => kind switch
    {
        VariableKind.Hex or VariableKind.Padded => (long)digits * numbers.Length,
        VariableKind.Integer => SumOfDecimals(numbers, leastDigits: 1),
        VariableKind.Decimal => numbers.Length + SumOfDecimals(numbers, leastDigits: digits + 1),
        VariableKind.Ipv4 => SumOfAddresses(numbers),
        _ => SumOfTimes(form: digits, numbers),
    };

    // With their signs, each filled up with zeros to the given number of digits.
    private static long SumOfDecimals(ReadOnlySpan<long> numbers, int leastDigits)
    {
        (ulong most, int negatives) = MagnitudeOf(numbers);
        long sum = ((long)leastDigits * numbers.Length) + negatives;
        int mostDigits = VariableText.DigitsOf(most);
        for (int digits = leastDigits + 1; digits <= mostDigits; digits++)
        {
            sum += CountAtLeast(numbers, VariableText.LeastOf(digits));
        }

        return sum;
    }

    private static (ulong Most, int Negatives) MagnitudeOf(ReadOnlySpan<long> numbers)
    {
        ulong most = 0;
        long negatives = 0;
        foreach (long number in numbers)
        {
            most = Math.Max(most, Magnitude(number));
            negatives -= number >> 63;
        }

        return (most, (int)negatives);
    }

    // The least number of 64 bits has no positive one: unsigned, it is itself.
    private static ulong Magnitude(long number) => (ulong)((number ^ (number >> 63)) - (number >> 63));

    private static long CountAtLeast(ReadOnlySpan<long> numbers, ulong least)
    {
        long count = 0;
        int next = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; next + Vector512<long>.Count <= numbers.Length; next += Vector512<long>.Count)
            {
                Vector512<ulong> magnitudes = Vector512.Abs(Vector512.Create(numbers[next..])).AsUInt64();
                count += BitOperations.PopCount(Vector512.GreaterThanOrEqual(magnitudes, Vector512.Create(least)).ExtractMostSignificantBits());
            }
        }

        for (; next < numbers.Length; next++)
        {
            count += Magnitude(numbers[next]) >= least ? 1 : 0;
        }

        return count;
    }

    // Of each number the lower four bytes are the octets, and the upper ones zero.
    private static long SumOfAddresses(ReadOnlySpan<long> numbers)
    {
        const byte TwoDigits = 10;
        const byte ThreeDigits = 100;
        long sum = (long)(Ipv4Dots + Ipv4Octets) * numbers.Length;
        ReadOnlySpan<byte> octets = MemoryMarshal.AsBytes(numbers);
        int next = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; next + Vector512<byte>.Count <= octets.Length; next += Vector512<byte>.Count)
            {
                Vector512<byte> some = Vector512.Create(octets[next..]);
                sum += BitOperations.PopCount(Vector512.GreaterThanOrEqual(some, Vector512.Create(TwoDigits)).ExtractMostSignificantBits());
                sum += BitOperations.PopCount(Vector512.GreaterThanOrEqual(some, Vector512.Create(ThreeDigits)).ExtractMostSignificantBits());
            }
        }

        for (; next < octets.Length; next++)
        {
            sum += (octets[next] >= TwoDigits ? 1 : 0) + (octets[next] >= ThreeDigits ? 1 : 0);
        }

        return sum;
    }

    private static long SumOfTimes(int form, ReadOnlySpan<long> numbers)
    {
        Span<byte> text = stackalloc byte[VariableText.MaxNumberBytes];
        long sum = 0;
        foreach (long number in numbers)
        {
            sum += TimeText.Format(form, number, text);
        }

        return sum;
    }
}
