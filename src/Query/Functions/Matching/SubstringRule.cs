namespace Bongsu.Query.Functions.Matching;

/// <summary>What a substring operator asks of an occurrence.</summary>
[Flags]
internal enum SubstringRule
{
    /// <summary>Anywhere, letter by letter.</summary>
    None = 0,

    /// <summary>Without regard to case.</summary>
    IgnoreCase = 1,

    /// <summary>A term begins where it begins.</summary>
    TermStart = 2,

    /// <summary>A term ends where it ends.</summary>
    TermEnd = 4,

    /// <summary>At the beginning of the text.</summary>
    TextStart = 8,

    /// <summary>At the end of the text.</summary>
    TextEnd = 16,

    /// <summary>Equal to the text.</summary>
    WholeText = TextStart | TextEnd,
}
