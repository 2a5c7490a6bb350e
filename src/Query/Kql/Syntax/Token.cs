using Bongsu.Core.Types;

namespace Bongsu.Query.Kql.Syntax;

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text as written; of a string literal its value.</param>
/// <param name="Span">Where it stands.</param>
internal readonly record struct Token(TokenKind Kind, string Text, TextSpan Span)
{
    /// <summary>Value of a literal.</summary>
    public Scalar Value { get; init; }

    /// <summary>True where white space or a comment stands before it.</summary>
    public bool HasSpaceBefore { get; init; }

    /// <summary>Whether it is this mark or keyword.</summary>
    public bool Is(string text) =>
        Kind is TokenKind.Punctuation or TokenKind.Identifier && string.Equals(Text, text, StringComparison.Ordinal);

    /// <summary>For messages.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the query",
        TokenKind.String => "a string",
        _ => $"'{Text}'",
    };
}
