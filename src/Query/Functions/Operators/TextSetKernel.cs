using System.Text;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary>Membership of texts in a constant set.</summary>
internal sealed class TextSetKernel : ElementwiseKernel
{
    private readonly HashSet<byte[]> _set = new(Utf8Comparer.Instance);
    private readonly bool _ignoreCase;
    private readonly bool _isNegated;

    public TextSetKernel(IEnumerable<Scalar> values, ScalarType[] listTypes, bool ignoreCase, bool isNegated)
        : base(ScalarType.Bool, [ScalarType.String, .. listTypes])
    {
        _ignoreCase = ignoreCase;
        _isNegated = isNegated;
        foreach (Scalar value in values)
        {
            byte[] text = Encoding.UTF8.GetBytes(ScalarText.Format(value));
            _set.Add(ignoreCase ? Utf8CaseFold.Fold(text) : text);
        }
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var text = (StringVector)arguments[0];
        var set = _set.GetAlternateLookup<ReadOnlySpan<byte>>();
        var scratch = new RowScratch(context);
        bool[] results = new bool[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<byte> value = text[row];
            if (_ignoreCase)
            {
                Span<byte> folded = scratch.Bytes((2 * value.Length) + 4);
                value = folded[..Utf8CaseFold.Fold(value, folded)];
            }

            results[row] = set.Contains(value) != _isNegated;
        }

        return new FixedVector<bool>(ScalarType.Bool, results, rowCount);
    }
}
