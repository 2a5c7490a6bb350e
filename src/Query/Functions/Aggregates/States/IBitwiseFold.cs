namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>One of and, or, xor.</summary>
internal interface IBitwiseFold
{
    static abstract long Fold(long left, long right);
}

/// <summary>Bits set in all.</summary>
internal readonly struct AndFold : IBitwiseFold
{
    public static long Fold(long left, long right) => left & right;
}

/// <summary>Bits set in any.</summary>
internal readonly struct OrFold : IBitwiseFold
{
    public static long Fold(long left, long right) => left | right;
}

/// <summary>Bits set in an odd number.</summary>
internal readonly struct XorFold : IBitwiseFold
{
    public static long Fold(long left, long right) => left ^ right;
}
