using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary>Puts the nulls of both sides into the result of a comparison for equality.</summary>
internal static class EqualityNulls
{
    /// <summary>Two nulls are null, one null is unequal.</summary>
    public static FixedVector<bool> Apply(bool[] results, Vector left, Vector right, bool isNegated)
    {
        if (!left.HasNulls && !right.HasNulls)
        {
            return new FixedVector<bool>(ScalarType.Bool, results, results.Length);
        }

        var nulls = new NullTracker(null, results.Length);
        for (int row = 0; row < results.Length; row++)
        {
            bool leftIsNull = left.IsNull(row);
            bool rightIsNull = right.IsNull(row);
            if (leftIsNull && rightIsNull)
            {
                nulls.SetNull(row);
            }
            else if (leftIsNull || rightIsNull)
            {
                results[row] = isNegated;
            }
        }

        return nulls.Finish(ScalarType.Bool, results, results.Length);
    }
}
