using System.Numerics;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>A one-to-one image of values whose order is theirs and quick to compare.</summary>
internal interface IRankKey<T, TKey>
{
    /// <summary>Most a key can be rounded.</summary>
    static abstract int MaxLevel { get; }

    static abstract TKey ToKey(T value);

    static abstract T FromKey(TKey key);

    /// <summary>Rounds a key down, at each level to half as many values or fewer; keeps order, and a key rounded at a level can
    /// be rounded on at the next.</summary>
    static abstract TKey Coarsen(TKey key, int level);

    /// <summary>A value amid those that were rounded to a key.</summary>
    static abstract T MiddleOf(TKey key, int level);
}

/// <summary>long, datetime, timespan: as they are.</summary>
internal readonly struct LongRankKey : IRankKey<long, long>
{
    public static int MaxLevel => 62;

    public static long ToKey(long value) => value;

    public static long FromKey(long key) => key;

    // Towards zero, to 64 - level binary digits.
    public static long Coarsen(long key, int level)
    {
        int dropped = DroppedOf(key, level);
        return key == long.MinValue || dropped <= 0 ? key : key >= 0 ? key >> dropped << dropped : -(-key >> dropped << dropped);
    }

    public static long MiddleOf(long key, int level)
    {
        int dropped = DroppedOf(key, level);
        long half = key == long.MinValue || dropped <= 0 ? 0 : 1L << dropped >> 1;
        return key >= 0 ? key + half : key - half;
    }

    private static int DroppedOf(long key, int level) => level - BitOperations.LeadingZeroCount((ulong)Math.Abs(Math.Max(key, -long.MaxValue)));
}

/// <summary>real: IEEE 754 bits, the negative ones turned over; NaN stands at an end.</summary>
internal readonly struct RealRankKey : IRankKey<double, long>
{
    private static readonly long s_lowNaN = ToKey(double.NaN);
    private static readonly long s_highNaN = ToKey(-double.NaN);

    public static int MaxLevel => 52;

    public static long ToKey(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return bits ^ ((bits >> 63) & long.MaxValue);
    }

    public static double FromKey(long key) => BitConverter.Int64BitsToDouble(key ^ ((key >> 63) & long.MaxValue));

    // To 52 - level binary digits after the first; what is not finite stays.
    public static long Coarsen(long key, int level)
    {
        double value = FromKey(key);
        return double.IsFinite(value) ? key >> level << level
            : double.IsNaN(value) ? (key < 0 ? s_lowNaN : s_highNaN)
            : key;
    }

    public static double MiddleOf(long key, int level) => FromKey(double.IsFinite(FromKey(key)) ? key + (1L << level >> 1) : key);
}

/// <summary>decimal: as it is.</summary>
internal readonly struct DecimalRankKey : IRankKey<decimal, decimal>
{
    private const int Digits = 29;

    private static readonly decimal[] s_powers = [.. Enumerable.Range(0, Digits).Select(power => (decimal)BigInteger.Pow(10, power))];

    public static int MaxLevel => Digits - 1;

    public static decimal ToKey(decimal value) => value;

    public static decimal FromKey(decimal key) => key;

    // Towards zero, to 29 - level decimal digits; below 1, to so many places.
    public static decimal Coarsen(decimal key, int level)
    {
        decimal size = Math.Abs(key);
        int digits = s_powers.AsSpan().BinarySearch(size);
        digits = digits < 0 ? ~digits : digits + 1;
        int places = Digits - level - digits;
        return places >= 0 ? Math.Round(key, Math.Min(places, Digits - 1), MidpointRounding.ToZero) : key - (key % s_powers[-places]);
    }

    public static decimal MiddleOf(decimal key, int level) => key;
}
