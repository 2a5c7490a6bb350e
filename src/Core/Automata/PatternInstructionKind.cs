namespace Bongsu.Core.Automata;

/// <summary>Kinds of <see cref="PatternInstruction"/>.</summary>
internal enum PatternInstructionKind
{
    /// <summary>Takes one code point of a set.</summary>
    Take,

    /// <summary>Goes on where an assertion holds.</summary>
    Assert,

    /// <summary>Goes on at two places.</summary>
    Fork,

    /// <summary>The pattern is found.</summary>
    Found,
}
