using System.Globalization;
using System.Text.RegularExpressions;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Reads what ES|QL and EQL say of single rows: <c>FROM … | WHERE …</c> and <c>any where …</c>.</summary>
/// <remarks>Elasticsearch reference 8, "EQL syntax" and "ES|QL WHERE". Comparisons with a field that is not there do not hold.</remarks>
internal sealed partial class EventQuery
{
    private const int MaxDepth = 50;
    private const int MaxLength = 100_000;

    private readonly List<string> _tokens;
    private readonly FieldConditions _fields;
    private int _at;
    private int _depth;

    private EventQuery(string text, FieldConditions fields)
    {
        if (text.Length > MaxLength)
        {
            throw new ImportException($"the query is longer than {MaxLength} characters");
        }

        _fields = fields;
        _tokens = [.. Piece().Matches(text)
            .Select(match => match.Value)
            .Where(piece => !char.IsWhiteSpace(piece[0]) && !piece.StartsWith("//", StringComparison.Ordinal))];
    }

    private string Current => _at < _tokens.Count ? _tokens[_at] : "";

    /// <summary>An EQL query of single events.</summary>
    /// <exception cref="ImportException">It is something else, or uses what there is no counterpart for.</exception>
    public static Condition ReadEql(string text, FieldConditions fields)
    {
        var query = new EventQuery(text, fields);
        string category = query.Take();
        if (category is "sequence" or "sample" or "join" || !query.TryWord("where"))
        {
            throw new ImportException("'eql' of more than single events has no counterpart here (sequences are written as kind: sequence)");
        }

        Condition condition = query.Alternatives();
        query.RequireEnd("eql");
        return category == "any" ? condition : Condition.And([fields.Is("event.category", Unquoted(category)), condition]);
    }

    /// <summary>An ES|QL query that only chooses rows.</summary>
    /// <exception cref="ImportException">It does something else, or uses what there is no counterpart for.</exception>
    public static Condition ReadEsql(string text, FieldConditions fields, Action<string> note)
    {
        var query = new EventQuery(text, fields);
        var parts = new List<Condition>();
        query.SkipOperator(); // FROM: the rule's index says which table
        while (query.TryTake("|"))
        {
            string name = query.Take().ToUpperInvariant();
            switch (name)
            {
                case "WHERE":
                    parts.Add(query.Alternatives());
                    break;
                case "LIMIT" or "SORT" or "KEEP":
                    note($"'{name}' is left out: a rule sees all rows and columns");
                    query.SkipOperator();
                    break;
                default:
                    throw new ImportException($"'esql' with '{name}' has no counterpart here; write it as KQL in a rule of kind query");
            }
        }

        query.RequireEnd("esql");
        return Condition.And(parts);
    }

    private Condition Alternatives()
    {
        if (++_depth > MaxDepth)
        {
            throw new ImportException($"the query is nested deeper than {MaxDepth}");
        }

        var parts = new List<Condition> { Together() };
        while (TryWord("or"))
        {
            parts.Add(Together());
        }

        _depth--;
        return Condition.Or(parts);
    }

    private Condition Together()
    {
        var parts = new List<Condition> { Single() };
        while (TryWord("and"))
        {
            parts.Add(Single());
        }

        return Condition.And(parts);
    }

    private Condition Single()
    {
        bool isNot = false;
        while (TryWord("not"))
        {
            isNot = !isNot;
        }

        Condition condition = TryTake("(") ? InBrackets() : Comparison();
        return isNot ? Condition.Not(condition) : condition;
    }

    private Condition InBrackets()
    {
        Condition inner = Alternatives();
        Require(")");
        return inner;
    }

    private Condition Comparison()
    {
        string first = Take();
        if (first.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return Condition.Everything;
        }

        if (first.Length == 0 || !(char.IsLetter(first[0]) || first[0] is '_' or '@' or '`'))
        {
            throw new ImportException($"a field is missing at '{first}'");
        }

        if (TryTake("("))
        {
            return Call(first);
        }

        string field = first.Trim('`');
        bool isNot = TryWord("not");
        string operation = Take().ToLowerInvariant();
        bool isAnyCase = operation.Length > 2 && operation[^1] == '~';
        Condition condition = operation.TrimEnd('~') switch
        {
            "==" or "=" or ":" or "" when Current == "null" => Absent(field),
            "!=" when Current == "null" => Condition.Not(Absent(field)),
            "==" or "=" => _fields.Is(field, Value()),
            "!=" => Condition.And([_fields.Exists(field), Condition.Not(_fields.Is(field, Value()))]),
            ":" => Condition.Or(Values().Select(value => Like(field, value, isAnyCase: true))),
            "<" or "<=" => _fields.IsBetween(field, null, (operation, Value())),
            ">" or ">=" => _fields.IsBetween(field, (operation, Value()), null),
            "in" => Condition.Or(Values().Select(value => isAnyCase ? Like(field, value, isAnyCase) : _fields.Is(field, value))),
            "like" => Condition.Or(Values().Select(value => Like(field, value, isAnyCase))),
            "rlike" or "regex" => Condition.Or(Values().Select(value => _fields.MatchesRegex(field, value, isAnyCase))),
            "is" => IsNull(field),
            _ => throw new ImportException($"'{operation}' has no counterpart"),
        };
        return isNot ? Condition.And([_fields.Exists(field), Condition.Not(condition)]) : condition;
    }

    private Condition Call(string function)
    {
        bool isAnyCase = function[^1] == '~';
        string name = function.TrimEnd('~').Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        string field = Take().Trim('`');
        Require(",");
        var values = new List<string>();
        do
        {
            values.Add(Value());
        }
        while (TryTake(","));
        Require(")");
        return Condition.Or(values.Select(value => name switch
        {
            "startswith" => _fields.Like(field, [value, null], isAnyCase),
            "endswith" => _fields.Like(field, [null, value], isAnyCase),
            "stringcontains" => _fields.Like(field, [null, value, null], isAnyCase),
            "wildcard" => Like(field, value, isAnyCase),
            "match" => _fields.MatchesRegex(field, value, isAnyCase),
            _ => throw new ImportException($"'{function}(…)' has no counterpart"),
        }));
    }

    private Condition IsNull(string field)
    {
        bool isNot = TryWord("not");
        if (!TryWord("null"))
        {
            throw new ImportException("'is' must be followed by null");
        }

        return isNot ? _fields.Exists(field) : Condition.Not(_fields.Exists(field));
    }

    private Condition Absent(string field)
    {
        _at++;
        return Condition.Not(_fields.Exists(field));
    }

    private Condition Like(string field, string value, bool isAnyCase)
    {
        LuceneToken token = LuceneLexer.Pattern(value);
        IReadOnlyList<string?>? pattern = token.Pattern ?? (isAnyCase ? [token.Text] : null);
        return pattern is null ? _fields.Is(field, token.Text) : _fields.Like(field, pattern, isAnyCase);
    }

    // ("a", "b"), or one.
    private List<string> Values()
    {
        if (!TryTake("("))
        {
            return [Value()];
        }

        var values = new List<string>();
        do
        {
            values.Add(Value());
        }
        while (TryTake(","));
        Require(")");
        return values;
    }

    private string Value()
    {
        string sign = TryTake("-") ? "-" : "";
        string token = Take();
        bool isNumber = double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return token.Length > 0 && token[0] == '"' ? Unquoted(token)
            : isNumber ? sign + token
            : token.ToLowerInvariant() is "true" or "false" ? token.ToLowerInvariant()
            : throw new ImportException($"a value is missing at '{token}'");
    }

    private void SkipOperator()
    {
        while (Current is not ("|" or ""))
        {
            _at++;
        }
    }

    private bool TryTake(string token)
    {
        bool isThere = Current == token;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private bool TryWord(string word)
    {
        bool isThere = Current.Equals(word, StringComparison.OrdinalIgnoreCase);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private void Require(string token)
    {
        if (!TryTake(token))
        {
            throw new ImportException($"'{token}' is missing at '{Current}'");
        }
    }

    private void RequireEnd(string language)
    {
        if (_at < _tokens.Count)
        {
            throw new ImportException($"'{language}' cannot be read at '{Current}'");
        }
    }

    private string Take()
    {
        string token = Current;
        _at++;
        return token;
    }

    private static string Unquoted(string token)
    {
        if (token.StartsWith("\"\"\"", StringComparison.Ordinal) && token.Length >= 6)
        {
            return token[3..^3];
        }

        return token.Length < 2 || token[0] != '"' ? token : Escape().Replace(token[1..^1], match => match.Value[1] switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            var other => other.ToString(),
        });
    }

    [GeneratedRegex(
        "\\s+|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|[\\p{L}_@][\\p{L}\\p{N}_.@]*~?|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|[=!<>]=|.",
        RegexOptions.Singleline)]
    private static partial Regex Piece();

    [GeneratedRegex(@"\\.", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
