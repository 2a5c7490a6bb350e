namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>A one-to-one image of values whose order is theirs and quick to compare.</summary>
internal interface IRankKey<T, TKey>
{
    static abstract TKey ToKey(T value);

    static abstract T FromKey(TKey key);
}

/// <summary>long, datetime, timespan: as they are.</summary>
internal readonly struct LongRankKey : IRankKey<long, long>
{
    public static long ToKey(long value) => value;

    public static long FromKey(long key) => key;
}

/// <summary>real: IEEE 754 bits, the negative ones turned over; NaN stands at an end.</summary>
internal readonly struct RealRankKey : IRankKey<double, long>
{
    public static long ToKey(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return bits ^ ((bits >> 63) & long.MaxValue);
    }

    public static double FromKey(long key) => BitConverter.Int64BitsToDouble(key ^ ((key >> 63) & long.MaxValue));
}

/// <summary>decimal: as it is.</summary>
internal readonly struct DecimalRankKey : IRankKey<decimal, decimal>
{
    public static decimal ToKey(decimal value) => value;

    public static decimal FromKey(decimal key) => key;
}
