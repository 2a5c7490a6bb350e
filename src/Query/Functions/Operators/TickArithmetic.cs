namespace Bongsu.Query.Functions.Operators;

/// <summary>Arithmetic of ticks with checks of range.</summary>
internal static class TickArithmetic
{
    public static bool TryAdd(long left, long right, out long result)
    {
        result = unchecked(left + right);
        return ((left ^ result) & (right ^ result)) >= 0;
    }

    public static bool TrySubtract(long left, long right, out long result)
    {
        result = unchecked(left - right);
        return ((left ^ right) & (left ^ result)) >= 0;
    }

    /// <summary>Remainder that is never negative: 0 ≤ r &lt; |divisor|; false for divisor 0.</summary>
    public static bool TryRemainder(long dividend, long divisor, out long result)
    {
        if (divisor is 0 or -1)
        {
            result = 0;
            return divisor != 0;
        }

        result = dividend % divisor;
        result = result >= 0 ? result : divisor > 0 ? result + divisor : result - divisor;
        return true;
    }
}
