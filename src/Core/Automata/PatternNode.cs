using System.Text;

namespace Bongsu.Core.Automata;

/// <summary>A pattern over code points, as a tree. Immutable.</summary>
public sealed class PatternNode
{
    /// <summary>As the largest count of <see cref="Repeat"/>: any number.</summary>
    public const int Unbounded = -1;

    private PatternNode(PatternNodeKind kind)
    {
        Kind = kind;
    }

    /// <summary>The empty text.</summary>
    public static PatternNode Nothing { get; } = Sequence();

    internal PatternNodeKind Kind { get; }

    internal CodePointSet Set { get; private init; } = CodePointSet.Empty;

    internal PatternAssertion Assertion { get; private init; }

    internal IReadOnlyList<PatternNode> Children { get; private init; } = [];

    internal int Min { get; private init; }

    internal int Max { get; private init; }

    /// <summary>The text that every match begins with; may be empty. Without U+FFFD, which stands for bytes that are no
    /// UTF-8.</summary>
    public string Prefix
    {
        get
        {
            var prefix = new StringBuilder();
            _ = AddPrefix(prefix);
            return prefix.ToString();
        }
    }

    /// <summary>One code point of a set.</summary>
    public static PatternNode One(CodePointSet set) => new(PatternNodeKind.Set) { Set = set };

    /// <summary>One after the other.</summary>
    public static PatternNode Sequence(params IReadOnlyList<PatternNode> children) =>
        new(PatternNodeKind.Sequence) { Children = children };

    /// <summary>Any of some.</summary>
    public static PatternNode Choice(params IReadOnlyList<PatternNode> children) =>
        new(PatternNodeKind.Choice) { Children = children };

    /// <summary>So many times, one after the other.</summary>
    public static PatternNode Repeat(PatternNode child, int min, int max) =>
        new(PatternNodeKind.Repeat) { Children = [child], Min = min, Max = max };

    /// <summary>The empty text where a condition holds.</summary>
    public static PatternNode Assert(PatternAssertion assertion, CodePointSet set) =>
        new(PatternNodeKind.Assertion) { Assertion = assertion, Set = set };

    // True where the whole node was added.
    private bool AddPrefix(StringBuilder prefix)
    {
        switch (Kind)
        {
            case PatternNodeKind.Set when Set.Bounds is [int only, int end] && end == only + 1 && Rune.IsValid(only)
                    && only != Rune.ReplacementChar.Value:
                prefix.Append(new Rune(only));
                return true;
            case PatternNodeKind.Sequence:
                return Children.All(child => child.AddPrefix(prefix));
            case PatternNodeKind.Repeat when Min > 0:
                return Children[0].AddPrefix(prefix) && Min == 1 && Max == 1;
            default:
                return false;
        }
    }
}
