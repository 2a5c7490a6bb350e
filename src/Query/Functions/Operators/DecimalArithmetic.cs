namespace Bongsu.Query.Functions.Operators;

/// <summary>Decimal arithmetic, whose overflow .NET tells by an exception only.</summary>
internal static class DecimalArithmetic
{
    /// <summary>Applies an operation; false where the result does not fit.</summary>
    public static bool TryApply(decimal left, decimal right, Func<decimal, decimal, decimal> operation, out decimal result)
    {
        try
        {
            result = operation(left, right);
            return true;
        }
        catch (OverflowException)
        {
            result = 0;
            return false;
        }
    }
}
