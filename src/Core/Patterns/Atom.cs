namespace Bongsu.Core.Patterns;

/// <summary>A word or mark of a template.</summary>
/// <param name="Text">Its characters; of a variable always the same.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsSpaced">Whether white space stands before it.</param>
internal readonly record struct Atom(string Text, AtomKind Kind, bool IsSpaced)
{
    /// <summary>How a variable reads.</summary>
    public const string VariableText = "<*>";

    public bool IsWord => Kind == AtomKind.Word;

    public bool IsVariable => Kind == AtomKind.Variable;

    public bool IsMark(char mark) => Kind == AtomKind.Mark && Text[0] == mark;

    /// <summary>A variable in its place.</summary>
    public Atom AsVariable() => new(VariableText, AtomKind.Variable, IsSpaced);
}
