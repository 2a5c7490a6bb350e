using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>has_any</c> and <c>has_all</c>: several terms, as scalars or as dynamic arrays.</summary>
internal abstract class TermListOperator : SignedFunction
{
    /// <summary>Most terms a list may have, as documented.</summary>
    private const int MaxTerms = 10_000;

    private readonly bool _isAll;

    protected TermListOperator(string name, bool isAll)
        : base($"{name}(text:string, terms:any*) -> bool")
    {
        _isAll = isAll;
    }

    /// <summary>The strings of arguments: each itself, arrays element by element.</summary>
    public static List<byte[]> Terms(IReadOnlyList<Scalar> arguments)
    {
        List<byte[]> terms = [];
        foreach (Scalar argument in arguments)
        {
            if (argument.Value is byte[] encoded && new DynamicReader(encoded) is { Kind: DynamicKind.Array } array)
            {
                for (int index = 0; index < array.Count; index++)
                {
                    terms.Add(Encoding.UTF8.GetBytes(ScalarText.FormatDynamic(array.ElementAt(index))));
                }
            }
            else
            {
                terms.Add(Encoding.UTF8.GetBytes(ScalarText.Format(argument)));
            }
        }

        return terms;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => new Kernel(_isAll, types);

    private sealed class Kernel(bool isAll, ScalarType[] types) : ElementwiseKernel(ScalarType.Bool, types)
    {
        protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var text = (StringVector)arguments[0];
            bool[] hits = new bool[rowCount];
            bool isConstant = true;
            foreach (Vector argument in arguments[1..])
            {
                isConstant &= argument.IsConstant;
            }

            if (isConstant)
            {
                MatchConstant(text, TermsOfRow(arguments[1..], 0).ConvertAll(term => new TextMarker(term)), hits);
            }
            else
            {
                for (int row = 0; row < rowCount; row++)
                {
                    hits[row] = MatchesRow(text[row], TermsOfRow(arguments[1..], row));
                }
            }

            return new FixedVector<bool>(ScalarType.Bool, hits, rowCount);
        }

        private static List<SubstringMatcher> TermsOfRow(ReadOnlySpan<Vector> lists, int row)
        {
            var values = new Scalar[lists.Length];
            for (int list = 0; list < values.Length; list++)
            {
                values[list] = lists[list].GetScalar(row);
            }

            List<byte[]> terms = Terms(values);
            if (terms.Count > MaxTerms)
            {
                throw new FunctionException($"a list of {terms.Count} terms; at most {MaxTerms} are allowed", 1);
            }

            return terms.ConvertAll(term =>
                new SubstringMatcher(term, SubstringRule.IgnoreCase | SubstringRule.TermStart | SubstringRule.TermEnd));
        }

        private void MatchConstant(StringVector text, List<TextMarker> terms, bool[] hits)
        {
            if (!isAll)
            {
                terms.ForEach(term => term.Mark(text, hits));
                return;
            }

            hits.AsSpan().Fill(true);
            bool[] one = new bool[hits.Length];
            foreach (TextMarker term in terms)
            {
                Array.Clear(one);
                term.Mark(text, one);
                for (int row = 0; row < hits.Length; row++)
                {
                    hits[row] &= one[row];
                }
            }
        }

        private bool MatchesRow(ReadOnlySpan<byte> text, List<SubstringMatcher> terms)
        {
            foreach (SubstringMatcher term in terms)
            {
                if (term.Matches(text) != isAll)
                {
                    return !isAll;
                }
            }

            return isAll;
        }
    }
}
