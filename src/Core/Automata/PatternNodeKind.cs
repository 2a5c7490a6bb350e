namespace Bongsu.Core.Automata;

/// <summary>Kinds of <see cref="PatternNode"/>.</summary>
internal enum PatternNodeKind
{
    Set,
    Assertion,
    Sequence,
    Choice,
    Repeat,
}
