namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Reads Lucene's query language (Elasticsearch's <c>query_string</c>).</summary>
/// <remarks>
/// Two differences from Lucene, both where it surprises: AND binds closer than OR (Lucene makes what stands beside an
/// AND required and
/// the rest optional), and NOT beside OR excludes only within its own branch.
/// </remarks>
internal sealed class LuceneQuery
{
    private const int MaxDepth = 50;
    private const int MaxLength = 100_000;

    private readonly IReadOnlyList<LuceneToken> _tokens;
    private readonly FieldConditions _fields;
    private readonly bool _needsEvery;
    private readonly Action<string> _note;
    private int _at;
    private int _depth;
    private bool _hasRequired;

    private LuceneQuery(IReadOnlyList<LuceneToken> tokens, FieldConditions fields, bool needsEvery, Action<string> note)
    {
        _tokens = tokens;
        _fields = fields;
        _needsEvery = needsEvery;
        _note = note;
    }

    private LuceneToken Current => _tokens[_at];

    /// <summary>Reads a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="fields">Conditions on fields.</param>
    /// <param name="defaultFields">Fields that words without a field are looked for in.</param>
    /// <param name="needsEvery">True: words beside one another must all be there.</param>
    /// <param name="note">Told what is not exactly as it was.</param>
    /// <exception cref="ImportException">It is not such a query, or uses what there is no counterpart for.</exception>
    public static Condition Read(string text, FieldConditions fields, IReadOnlyList<string> defaultFields, bool needsEvery, Action<string> note)
    {
        if (text.Length > MaxLength)
        {
            throw new ImportException($"the query is longer than {MaxLength} characters");
        }

        var query = new LuceneQuery(LuceneLexer.Cut(text), fields, needsEvery, note);
        if (query.Current.Kind == LuceneTokenKind.End)
        {
            return Condition.Everything;
        }

        Condition condition = query.Alternatives(defaultFields);
        return query.Current.Kind == LuceneTokenKind.End
            ? condition
            : throw new ImportException($"the query cannot be read at '{query.Current.Text}'");
    }

    private Condition Alternatives(IReadOnlyList<string> fields)
    {
        if (++_depth > MaxDepth)
        {
            throw new ImportException($"the query is nested deeper than {MaxDepth}");
        }

        bool isOutsideRequired = _hasRequired;
        _hasRequired = false;
        var parts = new List<Condition> { Neighbours(fields) };
        while (TryTake("OR"))
        {
            parts.Add(Neighbours(fields));
        }

        if (parts.Count > 1 && _hasRequired)
        {
            _note("AND, NOT, + or - stand beside OR without brackets: read with AND before OR; Lucene takes what stands beside OR alone as optional");
        }

        _hasRequired = isOutsideRequired;
        _depth--;
        return Condition.Or(parts);
    }

    // Words beside one another: of those without a sign one is enough, unless others are required.
    private Condition Neighbours(IReadOnlyList<string> fields)
    {
        var needed = new List<Condition>();
        var enough = new List<Condition>();
        do
        {
            bool isNeeded = _needsEvery || Is("+") || Is("-") || Is("NOT");
            Condition part = Together(fields);
            (isNeeded ? needed : enough).Add(part);
        }
        while (!Is("OR") && !Is(")") && Current.Kind != LuceneTokenKind.End);
        bool hasRequired = needed.Any(part => part is not NotCondition);
        return Condition.And(enough.Count > 0 && !hasRequired ? [.. needed, Condition.Or(enough)] : needed);
    }

    private Condition Together(IReadOnlyList<string> fields)
    {
        var parts = new List<Condition> { Signed(fields) };
        while (TryTake("AND"))
        {
            _hasRequired = true;
            parts.Add(Signed(fields));
        }

        return Condition.And(parts);
    }

    private Condition Signed(IReadOnlyList<string> fields)
    {
        bool isNot = false;
        while (Is("NOT") || Is("-") || Is("+"))
        {
            _hasRequired = true;
            isNot ^= !Is("+");
            _at++;
        }

        Condition part = Clause(fields);
        return isNot ? Condition.Not(part) : part;
    }

    private Condition Clause(IReadOnlyList<string> fields)
    {
        if (Current.Kind is LuceneTokenKind.Word && _tokens[_at + 1] is { Kind: LuceneTokenKind.Sign, Text: ":" })
        {
            LuceneToken name = Take();
            _at++;
            if (name.Text == "*" && Current is { Kind: LuceneTokenKind.Word, Text: "*" })
            {
                _at++;
                return Condition.Everything;
            }

            if (name.Text == "_exists_" && Current.Kind is LuceneTokenKind.Word or LuceneTokenKind.Phrase)
            {
                return Boosted(_fields.Exists(Take().Text));
            }

            fields = name.Pattern is null && !name.Text.Contains('*', StringComparison.Ordinal)
                ? [name.Text]
                : throw new ImportException($"'{name.Text}:' names many fields at once");
        }

        if (TryTake("("))
        {
            Condition inner = Alternatives(fields);
            return TryTake(")") ? Boosted(inner) : throw new ImportException("a ( is not closed");
        }

        return Boosted(Value(fields));
    }

    private Condition Value(IReadOnlyList<string> fields)
    {
        if (TryTake("[") || TryTake("{"))
        {
            return Range(fields, isLowIncluded: _tokens[_at - 1].Text == "[");
        }

        LuceneToken token = Take();
        switch (token)
        {
            case { Kind: LuceneTokenKind.Sign, Text: ">" or ">=" or "<" or "<=" }:
                LuceneToken bound = Current.Kind is LuceneTokenKind.Word or LuceneTokenKind.Phrase
                    ? Take()
                    : throw new ImportException($"a value is missing behind '{token.Text}'");
                return OfFields(fields, field => token.Text[0] == '>'
                    ? _fields.IsBetween(field, (token.Text, bound.Text), null)
                    : _fields.IsBetween(field, null, (token.Text, bound.Text)));
            case { Kind: LuceneTokenKind.Phrase }:
                return OfFields(fields, field => _fields.Is(field, token.Text));
            case { Kind: LuceneTokenKind.Regex }:
                return OfFields(fields, field => _fields.MatchesRegex(field, token.Text));
            case { Kind: LuceneTokenKind.Word, Text: "*" } when fields.Count == 1 && fields[0] == "message":
                return Condition.Everything;
            case { Kind: LuceneTokenKind.Word, Pattern: { } pattern }:
                return OfFields(fields, field => _fields.Like(field, pattern));
            case { Kind: LuceneTokenKind.Word } or { Kind: LuceneTokenKind.Sign, Text: "TO" }:
                return OfFields(fields, field => _fields.Is(field, token.Text));
            default:
                throw new ImportException(
                    token.Kind == LuceneTokenKind.End ? "the query ends where a value is missing" : $"a value is missing at '{token.Text}'");
        }
    }

    private Condition Range(IReadOnlyList<string> fields, bool isLowIncluded)
    {
        string low = Bound();
        if (!TryTake("TO"))
        {
            throw new ImportException("a range must be written [low TO high]");
        }

        string high = Bound();
        bool isHighIncluded = Is("]");
        if (!TryTake("]") && !TryTake("}"))
        {
            throw new ImportException("a range is not closed");
        }

        return OfFields(fields, field => _fields.IsBetween(
            field, low == "*" ? null : (isLowIncluded ? ">=" : ">", low), high == "*" ? null : (isHighIncluded ? "<=" : "<", high)));
    }

    // Times hold colons: they are parts of the bound.
    private string Bound()
    {
        string text = "";
        while (Current.Kind is LuceneTokenKind.Word or LuceneTokenKind.Phrase || Is(":"))
        {
            if (text.Length > 0 && Current.IsAfterBlank)
            {
                break;
            }

            text += Take().Text;
        }

        return text.Length > 0 ? text : throw new ImportException("a range has no bound");
    }

    private Condition Boosted(Condition condition)
    {
        while (Is("^") || Is("~"))
        {
            string before = _tokens[_at - 1].Text;
            bool isFuzzy = Take().Text == "~";
            if (Current is { Kind: LuceneTokenKind.Word, IsAfterBlank: false })
            {
                _at++;
            }

            if (isFuzzy)
            {
                _note($"'{before}~' (nearly this word, or words not far apart) is read as exactly '{before}'");
            }
        }

        return condition;
    }

    private static Condition OfFields(IReadOnlyList<string> fields, Func<string, Condition> one) => Condition.Or(fields.Select(one));

    private bool Is(string sign) => Current.Kind == LuceneTokenKind.Sign && Current.Text == sign;

    private bool TryTake(string sign)
    {
        bool isThere = Is(sign);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private LuceneToken Take()
    {
        LuceneToken token = Current;
        _at = Math.Min(_at + 1, _tokens.Count - 1);
        return token;
    }
}
