using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>A place in the tokens of one query, with what every part of the parser needs: look ahead, take, demand,
/// complain.</summary>
internal sealed class TokenCursor
{
    /// <summary>Deepest nesting of expressions, pipelines and functions; a stack of 1 MiB holds it many times
    /// over.</summary>
    public const int MaxDepth = 200;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _next;
    private int _depth;

    public TokenCursor(string text)
    {
        _text = text;
        _tokens = Lexer.Tokenize(text);
    }

    /// <summary>The token to be taken next.</summary>
    public Token Current => _tokens[_next];

    /// <summary>The token taken last.</summary>
    public Token Previous => _tokens[Math.Max(0, _next - 1)];

    /// <summary>Number of tokens taken.</summary>
    public int Position => _next;

    public bool AtEnd => Current.Kind == TokenKind.End;

    /// <summary>A later token; the end where there is none.</summary>
    public Token Ahead(int count) => _tokens[Math.Min(_next + count, _tokens.Count - 1)];

    public bool Is(string text) => Current.Is(text);

    public Token Take()
    {
        Token token = Current;
        if (token.Kind != TokenKind.End)
        {
            _next++;
        }

        return token;
    }

    public bool TryTake(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        Take();
        return true;
    }

    public Token Expect(string text) => Current.Is(text) ? Take() : throw Unexpected($"'{text}'");

    public Token ExpectIdentifier(string what) =>
        Current.Kind == TokenKind.Identifier ? Take() : throw Unexpected(what);

    /// <summary>From a token's start to the end of the token taken last.</summary>
    public TextSpan SpanFrom(TextSpan start) => new(start.Start, Math.Max(0, Previous.Span.End - start.Start));

    /// <summary>The text as written.</summary>
    public string TextOf(TextSpan span) => _text.Substring(span.Start, span.Length);

    /// <summary>Position of the token behind the bracket that closes the one at <paramref name="ahead"/>, or
    /// -1.</summary>
    public int BehindClose(int ahead)
    {
        int depth = 0;
        for (int index = _next + ahead; index < _tokens.Count; index++)
        {
            if (IsOpen(_tokens[index]))
            {
                depth++;
            }
            else if (IsClose(_tokens[index]) && --depth == 0)
            {
                return index + 1 - _next;
            }
        }

        return -1;
    }

    /// <summary>Skips to the next <c>|</c>, <c>;</c> or closing bracket of this level.</summary>
    public void SkipOperator()
    {
        for (int depth = 0; !AtEnd; Take())
        {
            if (depth == 0 && (Is("|") || Is(";") || IsClose(Current)))
            {
                return;
            }

            depth += IsOpen(Current) ? 1 : IsClose(Current) ? -1 : 0;
        }
    }

    /// <summary>Goes one level deeper; leave by <see cref="Leave"/>.</summary>
    public void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new QueryException("limit", $"the query nests deeper than {MaxDepth}", Current.Span);
        }
    }

    public void Leave() => _depth--;

    public QueryException Unexpected(string expected, params string[] alternatives) =>
        new("syntax", $"expected {expected}, met {Current.Describe()}", Current.Span)
        {
            Expected = alternatives.Length > 0 ? alternatives : [expected.Trim('\'')],
        };

    private static bool IsOpen(Token token) => token.Kind == TokenKind.Punctuation && token.Text is "(" or "[" or "{";

    private static bool IsClose(Token token) => token.Kind == TokenKind.Punctuation && token.Text is ")" or "]" or "}";
}
