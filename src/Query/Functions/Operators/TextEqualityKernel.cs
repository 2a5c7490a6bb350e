using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary>Equality of texts, byte by byte.</summary>
internal sealed class TextEqualityKernel : ElementwiseKernel
{
    private readonly bool _isNegated;

    public TextEqualityKernel(bool isNegated)
        : base(ScalarType.Bool, ScalarType.String, ScalarType.String)
    {
        _isNegated = isNegated;
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var left = (StringVector)arguments[0];
        var right = (StringVector)arguments[1];
        if (left.IsConstant)
        {
            (left, right) = (right, left);
        }

        bool[] results = new bool[rowCount];
        if (right.IsConstant)
        {
            ReadOnlySpan<byte> wanted = right[0];
            for (int row = 0; row < results.Length; row++)
            {
                results[row] = left[row].SequenceEqual(wanted) != _isNegated;
            }
        }
        else
        {
            for (int row = 0; row < results.Length; row++)
            {
                results[row] = left[row].SequenceEqual(right[row]) != _isNegated;
            }
        }

        return new FixedVector<bool>(ScalarType.Bool, results, rowCount);
    }
}
