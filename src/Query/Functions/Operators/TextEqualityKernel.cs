using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary>Equality of texts, byte by byte.</summary>
internal sealed class TextEqualityKernel : ElementwiseKernel
{
    private readonly bool _isNegated;

    // Kept from block to block; what it learnt of templates is worth keeping.
    private Wanted? _wanted;

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
        if (right.IsConstant && left.Templates is not null)
        {
            MarkerFor(right[0]).Mark(left, results);
            for (int row = 0; _isNegated && row < results.Length; row++)
            {
                results[row] = !results[row];
            }
        }
        else if (right.IsConstant && left.Shared is { } shared)
        {
            MarkCode(left.SharedCodes, shared.Find(right[0]), results);
        }
        else if (right.IsConstant)
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

    // Of many identifiers few are the wanted one.
    private void MarkCode(ReadOnlySpan<int> codes, int code, bool[] results)
    {
        results.AsSpan().Fill(_isNegated);
        for (int row = 0, skipped = codes.IndexOf(code); skipped >= 0; skipped = codes[row..].IndexOf(code))
        {
            row += skipped + 1;
            results[row - 1] = !_isNegated;
        }
    }

    private TextMarker MarkerFor(ReadOnlySpan<byte> text)
    {
        Wanted? wanted = Volatile.Read(ref _wanted);
        if (wanted is null || !text.SequenceEqual(wanted.Text))
        {
            wanted = new Wanted(text.ToArray(), new TextMarker(new SubstringMatcher(text, SubstringRule.WholeText)));
            Volatile.Write(ref _wanted, wanted);
        }

        return wanted.Marker;
    }

    private sealed record Wanted(byte[] Text, TextMarker Marker);
}
