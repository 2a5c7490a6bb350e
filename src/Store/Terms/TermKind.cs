namespace Bongsu.Store.Terms;

/// <summary>What a term is made of; decides whether a filter of templated text has it.</summary>
internal enum TermKind
{
    /// <summary>No ASCII digit in it.</summary>
    Word,

    /// <summary>Eight or more of 0-9 and a-f, some of both: an identifier.</summary>
    Identifier,

    /// <summary>Others with a digit.</summary>
    Number,
}
