using System.Globalization;
using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>KQL text to tokens; comments (<c>//</c>) and white space are dropped. Any text is either tokenised or
/// refused with a position.</summary>
internal sealed class Lexer
{
    private static readonly string[] s_marks =
    [
        "==", "=~", "!=", "!~", "<=", ">=", "<>", "=>", "..", "<", ">", "=", "+", "-", "*", "/", "%", "|", "(", ")",
        "[", "]", "{", "}", ",", ";", ":", ".", "?", "~", "@", "!", "#",
    ];

    private readonly string _text;
    private readonly int _depth;
    private readonly List<Token> _tokens = [];
    private int _position;

    private Lexer(string text, int depth)
    {
        _text = text;
        _depth = depth;
    }

    /// <summary>All tokens; the last is <see cref="TokenKind.End"/>.</summary>
    /// <param name="text">The query, or the inside of a dynamic literal.</param>
    /// <param name="depth">How many dynamic literals it stands in.</param>
    /// <exception cref="QueryException">A character or literal is not KQL.</exception>
    public static List<Token> Tokenize(string text, int depth = 0)
    {
        var lexer = new Lexer(text, depth);
        lexer.Run();
        return lexer._tokens;
    }

    private void Run()
    {
        while (true)
        {
            int before = _position;
            SkipSpace();
            bool hasSpace = _position > before;
            if (_position >= _text.Length)
            {
                _tokens.Add(new Token(TokenKind.End, "", new TextSpan(_text.Length, 0)) { HasSpaceBefore = hasSpace });
                return;
            }

            _tokens.Add(Next() with { HasSpaceBefore = hasSpace });
        }
    }

    private void SkipSpace()
    {
        while (_position < _text.Length)
        {
            char met = _text[_position];
            if (char.IsWhiteSpace(met) || met is '\uFEFF' or '\u200B')
            {
                _position++;
            }
            else if (met == '/' && Peek(1) == '/')
            {
                int end = _text.IndexOf('\n', _position);
                _position = end < 0 ? _text.Length : end + 1;
            }
            else
            {
                return;
            }
        }
    }

    private Token Next()
    {
        char met = _text[_position];
        if (char.IsAsciiDigit(met))
        {
            return Number();
        }

        if (IsString(out int quote))
        {
            string value = StringLiteral.Read(_text, quote, ref _position, out TextSpan span);
            return new Token(TokenKind.String, value, span) { Value = Scalar.Of(value) };
        }

        if (IsNameStart(met) || (met == '$' && IsNameStart(Peek(1))))
        {
            return Name();
        }

        if (met == '!' && char.IsAsciiLetter(Peek(1)))
        {
            int start = _position++;
            TakeName();
            TakeTilde();
            return Mark(start);
        }

        foreach (string mark in s_marks)
        {
            if (string.CompareOrdinal(_text, _position, mark, 0, mark.Length) == 0)
            {
                int start = _position;
                _position += mark.Length;
                return Mark(start);
            }
        }

        throw new QueryException("syntax", $"unexpected character '{Printable(met)}'", new TextSpan(_position, 1));
    }

    private Token Mark(int start) =>
        new(TokenKind.Punctuation, _text[start.._position], new TextSpan(start, _position - start));

    private bool IsString(out int quote)
    {
        quote = _position;
        char met = _text[quote];
        if (met is 'h' or 'H')
        {
            quote++;
            met = At(quote);
        }

        if (met == '@')
        {
            quote++;
            return At(quote) is '"' or '\'';
        }

        return met is '"' or '\'' || IsFence(quote);
    }

    private bool IsFence(int at) => At(at) is '`' or '~' && At(at + 1) == At(at) && At(at + 2) == At(at);

    private Token Name()
    {
        int start = _position++;
        TakeName();
        string name = _text[start.._position];
        if (name is "in" or "has_any" or "has_all")
        {
            TakeTilde();
            name = _text[start.._position];
        }

        int open = _position;
        while (open < _text.Length && char.IsWhiteSpace(_text[open]))
        {
            open++;
        }

        if (At(open) == '(' && name is not "string" && ScalarTypes.TryParse(name, out ScalarType type) && !IsMember())
        {
            return TypedLiteral(name, type, start, open);
        }

        return new Token(TokenKind.Identifier, name, new TextSpan(start, _position - start));
    }

    // `a.time (…)` would be a member, not a literal.
    private bool IsMember() => _tokens.Count > 0 && _tokens[^1].Is(".");

    private Token TypedLiteral(string name, ScalarType type, int start, int open)
    {
        int close = FindClose(open);
        if (close < 0)
        {
            throw new QueryException(
                "syntax",
                $"the literal {name}(…) has no closing ')'",
                new TextSpan(start, open + 1 - start));
        }

        _position = close + 1;
        var span = new TextSpan(start, _position - start);
        string inner = _text[(open + 1)..close];
        if (type == ScalarType.Dynamic)
        {
            return new Token(
                TokenKind.Dynamic,
                inner,
                span)
            { Value = DynamicLiteral.Parse(inner, open + 1, _depth + 1) };
        }

        if (!LiteralText.TryParse(type, inner, out Scalar value))
        {
            throw new QueryException(
                "syntax",
                $"'{inner.Trim()}' is not a {type.Name()}",
                new TextSpan(open + 1, inner.Length));
        }

        return new Token(TokenKind.Literal, _text[start.._position], span) { Value = value };
    }

    // The closing parenthesis of a typed literal; strings, brackets and comments inside are skipped.
    private int FindClose(int open)
    {
        int depth = 0;
        for (int at = open; at < _text.Length; at++)
        {
            switch (_text[at])
            {
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return at;
                case '"' or '\'':
                    int end = at;
                    StringLiteral.Read(_text, at, ref end, out _);
                    at = end - 1;
                    break;
                case '/' when At(at + 1) == '/':
                    int line = _text.IndexOf('\n', at);
                    at = line < 0 ? _text.Length : line;
                    break;
                default:
                    break;
            }
        }

        return -1;
    }

    private Token Number()
    {
        int start = _position;
        if (_text[_position] == '0' && Peek(1) is 'x' or 'X')
        {
            _position += 2;
            TakeWhile(char.IsAsciiHexDigit);
            return ulong.TryParse(
                _text.AsSpan(start + 2, _position - start - 2),
                NumberStyles.HexNumber,
                CultureInfo.InvariantCulture,
                out ulong hex)
                ? Literal(start, Scalar.Of(unchecked((long)hex)))
                : throw Bad(start, "a hexadecimal number");
        }

        TakeWhile(char.IsAsciiDigit);
        bool isReal = false;
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _position++;
            TakeWhile(char.IsAsciiDigit);
            isReal = true;
        }
        else if (Peek(0) == '.' && Peek(1) != '.' && !IsNameStart(Peek(1)))
        {
            _position++;
            isReal = true;
        }

        if (Peek(0) is 'e' or 'E'
            && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            _position += 2;
            TakeWhile(char.IsAsciiDigit);
            isReal = true;
        }

        int unitStart = _position;
        TakeWhile(IsNamePart);
        if (_position > unitStart)
        {
            return Duration(start, unitStart);
        }

        ReadOnlySpan<char> digits = _text.AsSpan(start, _position - start);
        if (isReal)
        {
            return Literal(start, Scalar.Of(double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)));
        }

        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long integer))
        {
            return Literal(start, Scalar.Of(integer));
        }

        // JSON has one kind of number.
        return _depth > 0
            ? Literal(start, Scalar.Of(double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)))
            : throw Bad(start, "a long");
    }

    private Token Duration(int start, int unitStart)
    {
        string unit = _text[unitStart.._position];
        if (LiteralText.TryParseDuration(_text.AsSpan(start, unitStart - start), unit, out long ticks))
        {
            return Literal(start, Scalar.OfTimeSpan(ticks));
        }

        // A name may begin with digits (`2xx`), as long as it is not a number with a unit.
        return _text.AsSpan(start, unitStart - start).IndexOf('.') < 0 && unit[0] != '$'
            ? new Token(TokenKind.Identifier, _text[start.._position], new TextSpan(start, _position - start))
            : throw Bad(start, "a number or a timespan");
    }

    private QueryException Bad(int start, string expected) =>
        new("syntax", $"'{_text[start.._position]}' is not {expected}", new TextSpan(start, _position - start));

    private Token Literal(int start, Scalar value) =>
        new(TokenKind.Literal, _text[start.._position], new TextSpan(start, _position - start)) { Value = value };

    private void TakeName() => TakeWhile(IsNamePart);

    private void TakeTilde()
    {
        if (Peek(0) == '~' && !IsFence(_position))
        {
            _position++;
        }
    }

    private void TakeWhile(Func<char, bool> belongs)
    {
        while (_position < _text.Length && belongs(_text[_position]))
        {
            _position++;
        }
    }

    private char Peek(int ahead) => At(_position + ahead);

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private static bool IsNameStart(char met) =>
        char.IsAsciiLetter(met) || met == '_' || (met > 127 && char.IsLetter(met));

    private static bool IsNamePart(char met) => IsNameStart(met) || char.IsAsciiDigit(met);

    private static string Printable(char met) => char.IsControl(met) ? $"\\u{(int)met:x4}" : met.ToString();
}
