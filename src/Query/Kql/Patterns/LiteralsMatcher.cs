using System.Text;
using Bongsu.Core.Automata;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Kql.Patterns;

/// <summary>Whether a text holds some literals, one behind the other: what a <c>parse</c> pattern asks at least.</summary>
internal sealed class LiteralsMatcher : ITextMatcher
{
    private readonly byte[][] _literals;
    private readonly Lazy<TextAutomaton?> _automaton;

    public LiteralsMatcher(IReadOnlyList<string> literals)
    {
        _literals = [.. literals.Select(Encoding.UTF8.GetBytes)];
        _automaton = new Lazy<TextAutomaton?>(() => TextAutomaton.TryCreate(PatternOf(literals)));
    }

    public TextAutomaton? Automaton => _automaton.Value;

    public bool Matches(ReadOnlySpan<byte> text)
    {
        foreach (byte[] literal in _literals)
        {
            int index = text.IndexOf(literal);
            if (index < 0)
            {
                return false;
            }

            text = text[(index + literal.Length)..];
        }

        return true;
    }

    public void Mark(Utf8Values texts, Span<bool> hits)
    {
        for (int row = 0; row < hits.Length; row++)
        {
            hits[row] |= Matches(texts[row]);
        }
    }

    private static PatternNode PatternOf(IReadOnlyList<string> literals)
    {
        PatternNode anything = PatternNode.Repeat(
            PatternNode.One(CodePointSet.OfRanges([(0, CodePointSet.Limit - 1)])), 0, PatternNode.Unbounded);
        var parts = new List<PatternNode>();
        foreach (string literal in literals)
        {
            parts.Add(anything);
            parts.AddRange(literal.EnumerateRunes().Select(rune => PatternNode.One(CodePointSet.Of(rune.Value))));
        }

        return PatternNode.Sequence([.. parts.Skip(1)]);
    }
}
