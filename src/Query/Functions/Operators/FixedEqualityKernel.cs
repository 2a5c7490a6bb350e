using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary>Equality of values of fixed width; NaN equals nothing.</summary>
internal sealed class FixedEqualityKernel<T> : ElementwiseKernel
    where T : unmanaged
{
    private readonly bool _isNegated;

    public FixedEqualityKernel(ScalarType type, bool isNegated)
        : base(ScalarType.Bool, type, type)
    {
        _isNegated = isNegated;
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var left = (FixedVector<T>)arguments[0];
        var right = (FixedVector<T>)arguments[1];
        if (left.IsConstant)
        {
            (left, right) = (right, left);
        }

        bool[] results = GC.AllocateUninitializedArray<bool>(rowCount);
        if (right.IsConstant && !left.IsConstant)
        {
            CompareWith(left.Values, right[0], results);
        }
        else
        {
            for (int row = 0; row < results.Length; row++)
            {
                results[row] = AreEqual(left[row], right[row]) != _isNegated;
            }
        }

        return EqualityNulls.Apply(results, left, right, _isNegated);
    }

    private void CompareWith(ReadOnlySpan<T> values, T bound, Span<bool> results)
    {
        for (int row = 0; row < values.Length; row++)
        {
            results[row] = AreEqual(values[row], bound) != _isNegated;
        }
    }

    // EqualityComparer says NaN equals NaN; KQL, like IEEE 754, does not.
    private static bool AreEqual(T left, T right) =>
        typeof(T) == typeof(double)
            ? (double)(object)left == (double)(object)right
            : EqualityComparer<T>.Default.Equals(left, right);
}
