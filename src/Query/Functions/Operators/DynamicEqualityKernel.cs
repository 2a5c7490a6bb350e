using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.DynamicValues;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary>Deep equality of dynamics; a text is read as a number where the other side is one.</summary>
internal sealed class DynamicEqualityKernel : ElementwiseKernel
{
    private readonly bool _isNegated;

    public DynamicEqualityKernel(bool isNegated)
        : base(ScalarType.Bool, ScalarType.Dynamic, ScalarType.Dynamic)
    {
        _isNegated = isNegated;
    }

    /// <summary>Equality with numbers in text form.</summary>
    public static bool AreEqual(DynamicReader left, DynamicReader right)
    {
        if (left.Kind == DynamicKind.String && DynamicOrder.IsNumber(right.Kind))
        {
            return RealParser.TryParse(left.Utf8, out double parsed) && RealParser.TryConvert(right, out double number) && parsed == number;
        }

        return right.Kind == DynamicKind.String && DynamicOrder.IsNumber(left.Kind)
            ? AreEqual(right, left)
            : DynamicOrder.AreEqual(left, right);
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var left = (DynamicVector)arguments[0];
        var right = (DynamicVector)arguments[1];
        bool[] results = new bool[rowCount];
        for (int row = 0; row < results.Length; row++)
        {
            results[row] = AreEqual(left[row], right[row]) != _isNegated;
        }

        return EqualityNulls.Apply(results, left, right, _isNegated);
    }
}
