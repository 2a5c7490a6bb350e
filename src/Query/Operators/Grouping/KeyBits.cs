namespace Bongsu.Query.Operators.Grouping;

/// <summary>A fixed-width value as 64 bits, so that equal values have equal bits.</summary>
internal interface IKeyBits<T>
    where T : unmanaged
{
    static abstract long ToBits(T value);

    static abstract T FromBits(long bits);
}

/// <summary>bool.</summary>
internal readonly struct BoolBits : IKeyBits<bool>
{
    public static long ToBits(bool value) => value ? 1 : 0;

    public static bool FromBits(long bits) => bits != 0;
}

/// <summary>int.</summary>
internal readonly struct IntBits : IKeyBits<int>
{
    public static long ToBits(int value) => value;

    public static int FromBits(long bits) => (int)bits;
}

/// <summary>long, datetime, timespan.</summary>
internal readonly struct LongBits : IKeyBits<long>
{
    public static long ToBits(long value) => value;

    public static long FromBits(long bits) => bits;
}

/// <summary>real: −0 is 0 and every NaN is one value.</summary>
internal readonly struct RealBits : IKeyBits<double>
{
    public static long ToBits(double value) =>
        BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value + 0.0);

    public static double FromBits(long bits) => BitConverter.Int64BitsToDouble(bits);
}
