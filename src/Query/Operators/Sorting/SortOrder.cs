using System.Buffers.Binary;

namespace Bongsu.Query.Operators.Sorting;

/// <summary>The ascending order of a fixed-width type.</summary>
internal interface ISortOrder<T>
    where T : unmanaged
{
    /// <summary>A monotone 64-bit image of a value.</summary>
    static abstract ulong Prefix(T value);

    /// <summary>Below 0 where left is smaller.</summary>
    static abstract int Compare(T left, T right);

    /// <summary>True for NaN, which stands with the nulls.</summary>
    static abstract bool IsNaN(T value);
}

/// <summary>bool.</summary>
internal readonly struct BoolOrder : ISortOrder<bool>
{
    public static ulong Prefix(bool value) => value ? 4UL : 3UL;

    public static int Compare(bool left, bool right) => left.CompareTo(right);

    public static bool IsNaN(bool value) => false;
}

/// <summary>int.</summary>
internal readonly struct IntOrder : ISortOrder<int>
{
    public static ulong Prefix(int value) => (ulong)(value + (1L << 40));

    public static int Compare(int left, int right) => left.CompareTo(right);

    public static bool IsNaN(int value) => false;
}

/// <summary>long, datetime, timespan.</summary>
internal readonly struct LongOrder : ISortOrder<long>
{
    public static ulong Prefix(long value) => (ulong)value ^ (1UL << 63);

    public static int Compare(long left, long right) => left.CompareTo(right);

    public static bool IsNaN(long value) => false;
}

/// <summary>real.</summary>
internal readonly struct RealOrder : ISortOrder<double>
{
    public static ulong Prefix(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    public static int Compare(double left, double right) => left.CompareTo(right);

    public static bool IsNaN(double value) => double.IsNaN(value);
}

/// <summary>decimal.</summary>
internal readonly struct DecimalOrder : ISortOrder<decimal>
{
    public static ulong Prefix(decimal value) => RealOrder.Prefix((double)value);

    public static int Compare(decimal left, decimal right) => left.CompareTo(right);

    public static bool IsNaN(decimal value) => false;
}

/// <summary>guid, in the order of its text.</summary>
internal readonly struct GuidOrder : ISortOrder<Guid>
{
    public static ulong Prefix(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    public static int Compare(Guid left, Guid right) => left.CompareTo(right);

    public static bool IsNaN(Guid value) => false;
}
