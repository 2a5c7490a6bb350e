namespace Bongsu.Query.Kql.Syntax;

/// <summary>What a token of KQL text is.</summary>
internal enum TokenKind
{
    /// <summary>End of the text.</summary>
    End,

    /// <summary>A bare name or keyword (keywords are names at certain places only), also <c>$left</c>.</summary>
    Identifier,

    /// <summary>A literal; the token carries its value.</summary>
    Literal,

    /// <summary>A string literal; the token carries its value.</summary>
    String,

    /// <summary><c>dynamic(…)</c>; the text between the parentheses is decoded by
    /// <see cref="Parsing.DynamicLiteral"/>.</summary>
    Dynamic,

    /// <summary>An operator or a punctuation mark.</summary>
    Punctuation,
}
