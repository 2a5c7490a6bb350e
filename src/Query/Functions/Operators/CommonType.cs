using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Operators;

/// <summary>The type two operands are brought to.</summary>
internal static class CommonType
{
    /// <summary>The wider of two numeric types.</summary>
    public static ScalarType OfNumbers(ScalarType left, ScalarType right) => (ScalarType)Math.Max((byte)left, (byte)right);

    /// <summary>The type two values are compared as for equality, or null where that makes no sense.</summary>
    /// <remarks>
    /// Text is read as the other side's type (a guid compares without regard to case that way); with a dynamic it is
    /// the dynamic that
    /// becomes text.
    /// </remarks>
    public static ScalarType? ForEquality(ScalarType left, ScalarType right)
    {
        if (left == right)
        {
            return left;
        }

        if (IsNumberOrBool(left) && IsNumberOrBool(right))
        {
            return OfNumbers(OfNumbers(left, right), ScalarType.Long);
        }

        if (left == ScalarType.Dynamic || right == ScalarType.Dynamic)
        {
            ScalarType other = left == ScalarType.Dynamic ? right : left;
            return other.IsNumeric() ? ScalarType.Dynamic : other;
        }

        return left == ScalarType.String ? right : right == ScalarType.String ? left : null;
    }

    private static bool IsNumberOrBool(ScalarType type) => type == ScalarType.Bool || type.IsNumeric();
}
