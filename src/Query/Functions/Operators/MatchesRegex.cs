using System.Text;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>matches regex</c>: a match anywhere in the text.</summary>
internal sealed class MatchesRegex() : SignedFunction("matches regex(text:string, pattern:string) -> bool")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel(arguments[1]);

    private sealed class Kernel : ElementwiseKernel
    {
        private readonly RegexArgument _pattern;
        private readonly TextMarker? _constant;

        public Kernel(ScalarArgument pattern)
            : base(ScalarType.Bool, ScalarType.String, ScalarType.String)
        {
            _pattern = new RegexArgument(pattern, 1);
            _constant = pattern.Constant is { } text
                ? new TextMarker(_pattern.For(Encoding.UTF8.GetBytes(ScalarText.Format(text))))
                : null;
        }

        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var text = (StringVector)arguments[0];
            bool[] hits = new bool[rowCount];
            if (_constant is not null)
            {
                _constant.Mark(text, hits);
            }
            else
            {
                MatchPairs(text, (StringVector)arguments[1], context, hits);
            }

            return new FixedVector<bool>(ScalarType.Bool, hits, rowCount);
        }

        private void MatchPairs(StringVector text, StringVector patterns, EvaluationContext context, bool[] hits)
        {
            RegexArgument pattern = _pattern;
            for (int row = 0; row < hits.Length; row++)
            {
                if ((row & 1023) == 1023)
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                }

                hits[row] = pattern.For(patterns[row]).Matches(text[row]);
            }
        }
    }
}
