using Bongsu.Query.Functions.Casts;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary>Membership of fixed-width values in a constant set.</summary>
internal sealed class FixedSetKernel<T> : ElementwiseKernel
    where T : unmanaged
{
    private readonly HashSet<T> _set = [];
    private readonly bool _hasNull;
    private readonly bool _isNegated;

    public FixedSetKernel(ScalarType type, IEnumerable<Scalar> values, ScalarType[] listTypes, bool isNegated)
        : base(ScalarType.Bool, [type, .. listTypes])
    {
        _isNegated = isNegated;
        foreach (Scalar value in values)
        {
            // A value without a counterpart in the type is equal to nothing; a null is another matter.
            Scalar converted = Cast.Convert(value, type);
            _hasNull |= value.IsNull;
            if (!converted.IsNull && converted.Value is T typed && !(typed is double real && double.IsNaN(real)))
            {
                _set.Add(typed);
            }
        }
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var value = (FixedVector<T>)arguments[0];
        bool[] results = new bool[rowCount];
        var nulls = new NullTracker(null, rowCount);
        for (int row = 0; row < rowCount; row++)
        {
            bool isNull = value.IsNull(row);
            results[row] = (!isNull && _set.Contains(value[row])) != _isNegated;
            if (isNull && _hasNull)
            {
                nulls.SetNull(row);
            }
        }

        return nulls.Finish(ScalarType.Bool, results, rowCount);
    }
}
