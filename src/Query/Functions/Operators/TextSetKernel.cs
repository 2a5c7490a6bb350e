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
    // Each is a search of the dictionary.
    private const int MaxSharedLookups = 100;

    private readonly HashSet<byte[]> _set = new(Utf8Comparer.Instance);
    private readonly bool _ignoreCase;
    private readonly bool _isNegated;

    // Codes of the set in the dictionary met last: it comes again block after block.
    private KnownCodes? _known;

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
        bool[] results = new bool[rowCount];
        if (text.Shared is { } shared && !_ignoreCase && _set.Count <= MaxSharedLookups)
        {
            HashSet<int> codes = CodesIn(shared);
            for (int row = 0; row < rowCount; row++)
            {
                results[row] = codes.Contains(text.SharedCodes[row]) != _isNegated;
            }

            return new FixedVector<bool>(ScalarType.Bool, results, rowCount);
        }

        var set = _set.GetAlternateLookup<ReadOnlySpan<byte>>();
        var scratch = new RowScratch(context);
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

    private HashSet<int> CodesIn(SharedDictionary shared)
    {
        KnownCodes? known = Volatile.Read(ref _known);
        if (known?.Dictionary != shared)
        {
            HashSet<int> codes = [.. _set.Select(text => shared.Find(text)).Where(code => code >= 0)];
            known = new KnownCodes(shared, codes);
            Volatile.Write(ref _known, known);
        }

        return known.Codes;
    }

    private sealed record KnownCodes(SharedDictionary Dictionary, HashSet<int> Codes);
}
