using System.Text;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary>A string operator that looks for its right side in its left side; and its negation.</summary>
internal abstract class SubstringOperator : SignedFunction
{
    private readonly SubstringRule _rule;
    private readonly bool _isNegated;

    protected SubstringOperator(string name, SubstringRule rule)
        : base($"{name}(text:string, search:string) -> bool")
    {
        _rule = rule;
        _isNegated = name[0] == '!';
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new SubstringKernel(_rule, _isNegated, arguments[1].Constant);

    private sealed class SubstringKernel : ElementwiseKernel
    {
        private readonly SubstringRule _rule;
        private readonly bool _isNegated;
        private readonly TextMarker? _constant;

        public SubstringKernel(SubstringRule rule, bool isNegated, Scalar? needle)
            : base(ScalarType.Bool, ScalarType.String, ScalarType.String)
        {
            _rule = rule;
            _isNegated = isNegated;
            _constant = needle is { } text ? Marker(Encoding.UTF8.GetBytes(ScalarText.Format(text))) : null;
        }

        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var text = (StringVector)arguments[0];
            var search = (StringVector)arguments[1];
            bool[] hits = new bool[rowCount];
            if (search.IsConstant)
            {
                (_constant ?? Marker(search[0])).Mark(text, hits);
            }
            else
            {
                MatchPairs(text, search, hits);
            }

            for (int row = 0; _isNegated && row < hits.Length; row++)
            {
                hits[row] = !hits[row];
            }

            return new FixedVector<bool>(ScalarType.Bool, hits, rowCount);
        }

        private TextMarker Marker(ReadOnlySpan<byte> needle) => new(new SubstringMatcher(needle, _rule));

        private void MatchPairs(StringVector text, StringVector search, bool[] hits)
        {
            SubstringMatcher? matcher = null;
            for (int row = 0; row < hits.Length; row++)
            {
                if (matcher is null || row == 0 || !search[row].SequenceEqual(search[row - 1]))
                {
                    matcher = new SubstringMatcher(search[row], _rule);
                }

                hits[row] = matcher.Matches(text[row]);
            }
        }
    }
}
