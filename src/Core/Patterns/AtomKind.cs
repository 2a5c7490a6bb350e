namespace Bongsu.Core.Patterns;

/// <summary>What an atom of a template is.</summary>
internal enum AtomKind : byte
{
    /// <summary>A static word.</summary>
    Word,

    /// <summary>A word with a variable in it, a number, or a part of a date.</summary>
    Variable,

    /// <summary>One bracket, quote or punctuation mark.</summary>
    Mark,
}
