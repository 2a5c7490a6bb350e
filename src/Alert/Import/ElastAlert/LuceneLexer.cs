using System.Text;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Cuts a Lucene query into pieces.</summary>
/// <remarks>Grammar: Lucene's classic query parser; Elasticsearch reference, "Query string query".</remarks>
internal sealed class LuceneLexer
{
    private const string Ends = "()[]{}\"^~:";

    private readonly string _text;
    private int _at;

    private LuceneLexer(string text) => _text = text;

    /// <summary>The pieces, the last of kind <see cref="LuceneTokenKind.End"/>.</summary>
    /// <exception cref="ImportException">A quote is not closed.</exception>
    public static IReadOnlyList<LuceneToken> Cut(string text)
    {
        var lexer = new LuceneLexer(text);
        var tokens = new List<LuceneToken>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != LuceneTokenKind.End);
        return tokens;
    }

    /// <summary>A text in which only <c>*</c>, <c>?</c> and <c>\</c> mean something.</summary>
    public static LuceneToken Pattern(string text) => new LuceneLexer(text).Word(isAfterBlank: true, isPatternOnly: true);

    private LuceneToken Next()
    {
        int before = _at;
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        bool isAfterBlank = _at > before || before == 0;
        if (_at == _text.Length)
        {
            return new LuceneToken(LuceneTokenKind.End, "", null, isAfterBlank);
        }

        char first = _text[_at];
        if (first == '"')
        {
            return new LuceneToken(LuceneTokenKind.Phrase, Quoted('"'), null, isAfterBlank);
        }

        if (first == '/')
        {
            return new LuceneToken(LuceneTokenKind.Regex, Quoted('/'), null, isAfterBlank);
        }

        string? sign = SignAt(isAfterBlank);
        if (sign is null)
        {
            return Word(isAfterBlank);
        }

        _at += sign.Length;
        return new LuceneToken(LuceneTokenKind.Sign, sign switch { "&&" => "AND", "||" => "OR", "!" => "NOT", _ => sign }, null, isAfterBlank);
    }

    private string? SignAt(bool isAfterBlank)
    {
        foreach (string sign in (ReadOnlySpan<string>)["&&", "||", ">=", "<=", "(", ")", "[", "]", "{", "}", ":", "^", "~", ">", "<", "!"])
        {
            if (string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0)
            {
                return sign;
            }
        }

        // Within a word these are letters.
        bool isFirst = isAfterBlank || _at == 0 || _text[_at - 1] is '(' or '!';
        return isFirst && _text[_at] is '+' or '-' && _at + 1 < _text.Length && !char.IsWhiteSpace(_text[_at + 1]) ? _text[_at].ToString() : null;
    }

    private string Quoted(char quote)
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != quote; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
                if (quote == '/' && _text[_at] != '/')
                {
                    text.Append('\\');
                }
            }

            text.Append(_text[_at]);
        }

        if (_at == _text.Length)
        {
            throw new ImportException($"a {quote} is not closed");
        }

        _at++;
        return text.ToString();
    }

    private LuceneToken Word(bool isAfterBlank, bool isPatternOnly = false)
    {
        var whole = new StringBuilder();
        var piece = new StringBuilder();
        var pattern = new List<string?>();
        bool isEscaped = false;
        for (; _at < _text.Length; _at++)
        {
            char character = _text[_at];
            if (character == '\\' && _at + 1 < _text.Length)
            {
                isEscaped = true;
                character = _text[++_at];
            }
            else if (character is '*' or '?')
            {
                AddPiece();
                pattern.Add(character == '*' ? null : "");
                whole.Append(character);
                continue;
            }
            else if (!isPatternOnly && (char.IsWhiteSpace(character) || Ends.Contains(character)))
            {
                break;
            }

            whole.Append(character);
            piece.Append(character);
        }

        bool hasWildcards = pattern.Count > 0;
        AddPiece();
        string text = whole.ToString();
        bool isSign = !isEscaped && text is "AND" or "OR" or "NOT" or "TO";
        return new LuceneToken(isSign ? LuceneTokenKind.Sign : LuceneTokenKind.Word, text, hasWildcards ? pattern : null, isAfterBlank);

        void AddPiece()
        {
            if (piece.Length > 0)
            {
                pattern.Add(piece.ToString());
                piece.Clear();
            }
        }
    }
}
