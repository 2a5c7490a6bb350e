using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Matching;

/// <summary>A kernel that gives the same for every text its pattern does not match: templated text that cannot is passed
/// over.</summary>
internal sealed class CandidateKernel : ScalarKernel
{
    private readonly ScalarKernel _inner;
    private readonly int _textArgument;
    private readonly TextMarker _marker;

    /// <summary>Wraps a kernel.</summary>
    /// <param name="inner">Looks at each text; depends on nothing but its row.</param>
    /// <param name="textArgument">Which argument is the text; all others are constant, or it is called for all
    /// rows.</param>
    /// <param name="pattern">The pattern.</param>
    public CandidateKernel(ScalarKernel inner, int textArgument, RegexPattern pattern)
        : base(inner.ResultType, [.. inner.ParameterTypes])
    {
        _inner = inner;
        _textArgument = textArgument;
        _marker = new TextMarker(pattern);
    }

    public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        if (CandidateRows.TryFind(_marker, (StringVector)arguments[_textArgument]) is not { } candidates)
        {
            return _inner.Evaluate(arguments, rowCount, context);
        }

        var gathered = new Vector[arguments.Length];
        for (int argument = 0; argument < gathered.Length; argument++)
        {
            if (argument != _textArgument && !arguments[argument].IsConstant)
            {
                return _inner.Evaluate(arguments, rowCount, context);
            }

            gathered[argument] = arguments[argument].Gather(candidates.Rows);
        }

        return candidates.Spread(_inner.Evaluate(gathered, candidates.Rows.Length, context));
    }
}
