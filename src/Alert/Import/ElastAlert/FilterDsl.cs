using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Reads filters in Elasticsearch's query DSL, as YAML.</summary>
/// <remarks>Meanings: Elasticsearch reference 8, "Query DSL"; the wrappers of versions 1 to 5 are read too.</remarks>
internal sealed class FilterDsl
{
    private const int MaxDepth = 50;
    private const int MaxNodes = 20_000; // anchors can name one list many times
    private const string DefaultField = "message";

    private readonly FieldConditions _fields;
    private readonly Action<int, string> _note;
    private int _line;
    private int _depth;
    private int _nodes;

    /// <param name="fields">Conditions on fields.</param>
    /// <param name="note">Told what is not as it was, with the line.</param>
    public FilterDsl(FieldConditions fields, Action<int, string> note)
    {
        _fields = fields;
        _note = note;
    }

    /// <summary>A list of filters that must all hold; one that cannot be carried over is left out and told.</summary>
    public Condition ReadAll(YamlNode node)
    {
        var parts = new List<Condition>();
        foreach (YamlNode item in node is YamlSequenceNode list ? list.Children : [node])
        {
            _line = (int)item.Start.Line;
            try
            {
                parts.Add(Read(item));
            }
            catch (ImportException exception)
            {
                _depth = 0;
                Note($"{exception.Message}: this filter is left out, so the rule sees more rows than it did");
            }
        }

        return Condition.And(parts);
    }

    /// <summary>One filter.</summary>
    /// <exception cref="ImportException">It has no counterpart.</exception>
    public Condition Read(YamlNode node)
    {
        if (++_depth > MaxDepth || ++_nodes > MaxNodes)
        {
            throw new ImportException($"filters are nested deeper than {MaxDepth}, or are more than {MaxNodes}");
        }

        Condition condition = node switch
        {
            YamlMappingNode map => Condition.And(map.Children.Select(entry => Query(Name(entry.Key), entry.Value))),
            YamlSequenceNode list => Condition.And(list.Select(Read)),
            YamlScalarNode { Value: null or "" } => Condition.Everything,
            YamlScalarNode text => Lucene(text.Value!, null),
            _ => throw new ImportException("a filter that is neither a mapping nor a list"),
        };
        _depth--;
        return condition;
    }

    private void Note(string reason) => _note(_line, reason);

    private Condition Query(string name, YamlNode value) => name switch
    {
        "query" or "filter" or "constant_score" or "must" or "and" or "filters" => Read(value),
        "filtered" => Read(value),
        "not" or "must_not" => Condition.Not(Condition.Or(Items(value).Select(Read))),
        "or" or "should" => Condition.Or(Items(value).Select(Read)),
        "bool" => Bool(Map(name, value)),
        "query_string" or "simple_query_string" => QueryString(name, value),
        "term" => Term(name, value),
        "terms" or "in" => Terms(Map(name, value)),
        "match" => Match(value),
        "match_phrase" or "match_bool_prefix" => OfField(name, value, "query", (field, text) => _fields.HasPhrase(field, text)),
        "match_phrase_prefix" => OfField(name, value, "query", _fields.BeginsWith),
        "multi_match" => MultiMatch(Map(name, value)),
        "prefix" => OfField(name, value, "value", (field, text) => _fields.Like(field, [text, null], IsAnyCase(value))),
        "wildcard" => OfField(name, value, "value", (field, text) => Wildcard(field, text, IsAnyCase(value))),
        "regexp" => OfField(name, value, "value", (field, text) => _fields.MatchesRegex(field, text, IsAnyCase(value))),
        "fuzzy" => Fuzzy(name, value),
        "range" => Range(Map(name, value)),
        "exists" => Exists(name, value),
        "missing" => Condition.Not(Exists(name, value)),
        "match_all" => Condition.Everything,
        "match_none" => Condition.Nothing,
        "type" => DocumentType(name, value),
        "nested" => Nested(Map(name, value)),
        "boost" or "_name" or "cache" or "_cache" => Condition.Everything,
        "eql" => EventQuery.ReadEql(Text(name, value), _fields),
        "esql" => EventQuery.ReadEsql(Text(name, value), _fields, Note),
        _ => throw new ImportException($"'{name}' has no counterpart"),
    };

    private Condition Bool(YamlMappingNode map)
    {
        var parts = new List<Condition>();
        Condition[] should = [];
        string? least = null;
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            switch (Name(key))
            {
                case "must" or "filter":
                    parts.Add(Condition.And(Items(value).Select(Read)));
                    break;
                case "must_not":
                    parts.Add(Condition.Not(Condition.Or(Items(value).Select(Read))));
                    break;
                case "should":
                    should = [.. Items(value).Select(Read)];
                    break;
                case "minimum_should_match":
                    least = Text("minimum_should_match", value);
                    break;
                case "boost" or "adjust_pure_negative" or "_name" or "disable_coord":
                    break;
                default:
                    throw new ImportException($"'bool.{Name(key)}' has no counterpart");
            }
        }

        // Beside what must hold, 'should' only sorts hits (reference, "Boolean query", minimum_should_match).
        bool hasMust = map.Children.Keys.Any(key => Name(key) is "must" or "filter");
        int count = least is null ? (should.Length > 0 && !hasMust ? 1 : 0) : Least(least, should.Length);
        if (should.Length > 0 && count > 0)
        {
            parts.Add(count == 1 ? Condition.Or(should) : new AtLeastCondition(count, should));
        }

        return Condition.And(parts);
    }

    private static int Least(string text, int count)
    {
        bool isPercent = text.EndsWith('%');
        if (!int.TryParse(text.TrimEnd('%'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            throw new ImportException($"'minimum_should_match: {text}' has no counterpart");
        }

        long least = isPercent ? (long)count * number / 100 : number;
        return (int)Math.Clamp(least < 0 ? count + least : least, 0, count);
    }

    private Condition QueryString(string name, YamlNode value)
    {
        if (value is YamlScalarNode plain)
        {
            return Lucene(plain.Value ?? "", null);
        }

        YamlMappingNode map = Map(name, value);
        string query = Find(map, "query") is { } text ? Text(name, text) : throw new ImportException($"'{name}' has no 'query'");
        return Lucene(query, map);
    }

    private Condition Lucene(string query, YamlMappingNode? options)
    {
        IReadOnlyList<string> fields = [DefaultField];
        if (options is not null && (Find(options, "fields") ?? Find(options, "default_field")) is { } named)
        {
            fields = [.. Items(named).Select(field => Text("fields", field).Split('^')[0])];
            if (fields.Any(field => field.Contains('*', StringComparison.Ordinal)) || fields.Count == 0)
            {
                Note($"fields with '*' are read as '{DefaultField}'");
                fields = [DefaultField];
            }
        }

        bool needsEvery = options is not null && Find(options, "default_operator") is YamlScalarNode { Value: { } word } &&
            word.Equals("and", StringComparison.OrdinalIgnoreCase);
        return LuceneQuery.Read(query, _fields, fields, needsEvery, Note);
    }

    // {field: value} or {field: {value: …}}; several fields in one are an error in Elasticsearch too.
    private static Condition OfField(string name, YamlNode value, string inner, Func<string, string, Condition> condition)
    {
        YamlMappingNode map = Map(name, value);
        return Condition.And(map.Children
            .Where(entry => Name(entry.Key) is not ("boost" or "_name"))
            .Select(entry => condition(Name(entry.Key), Inner(name, inner, entry.Value))));
    }

    private static string Inner(string name, string inner, YamlNode value)
    {
        if (value is not YamlMappingNode map)
        {
            return Text(name, value);
        }

        YamlNode? text = Find(map, inner) ?? Find(map, "value") ?? Find(map, "query") ?? Find(map, name) ?? Find(map, "wildcard");
        return text is null ? throw new ImportException($"'{name}' has no '{inner}'") : Text(name, text);
    }

    private Condition Match(YamlNode value)
    {
        YamlMappingNode map = Map("match", value);
        return Condition.And(map.Children.Select(entry =>
        {
            bool isEvery = entry.Value is YamlMappingNode options && Find(options, "operator") is YamlScalarNode { Value: { } word } &&
                word.Equals("and", StringComparison.OrdinalIgnoreCase);
            bool isPhrase = entry.Value is YamlMappingNode typed && Find(typed, "type") is YamlScalarNode { Value: "phrase" };
            string text = Inner("match", "query", entry.Value);
            return isPhrase ? _fields.HasPhrase(Name(entry.Key), text) : _fields.Matches(Name(entry.Key), text, isEvery);
        }));
    }

    private Condition MultiMatch(YamlMappingNode map)
    {
        string text = Find(map, "query") is { } query ? Text("multi_match", query) : throw new ImportException("'multi_match' has no 'query'");
        YamlNode? named = Find(map, "fields");
        string[] fields = named is null ? [DefaultField] : [.. Items(named).Select(field => Text("fields", field).Split('^')[0])];
        bool isPhrase = Find(map, "type") is YamlScalarNode { Value: "phrase" };
        return Condition.Or(fields.Select(field => isPhrase ? _fields.HasPhrase(field, text) : _fields.Matches(field, text, isEvery: false)));
    }

    private Condition Terms(YamlMappingNode map) => Condition.And(map.Children
        .Where(entry => Name(entry.Key) is not ("boost" or "_name" or "execution" or "minimum_should_match"))
        .Select(entry => entry.Value is YamlMappingNode
            ? throw new ImportException("'terms' that are looked up in another index have no counterpart")
            : Condition.Or(Items(entry.Value).Select(value => _fields.Is(Name(entry.Key), Text("terms", value))))));

    private Condition Term(string name, YamlNode value) =>
        OfField(name, value, "value", IsAnyCase(value) ? (field, text) => _fields.Like(field, [text], isAnyCase: true) : _fields.Is);

    private Condition Wildcard(string field, string text, bool isAnyCase)
    {
        LuceneToken token = LuceneLexer.Pattern(text);
        IReadOnlyList<string?>? pattern = token.Pattern ?? (isAnyCase ? [token.Text] : null);
        return pattern is null ? _fields.Is(field, token.Text) : _fields.Like(field, pattern, isAnyCase);
    }

    // {field: {value: …, case_insensitive: true}}
    private static bool IsAnyCase(YamlNode value) => value is YamlMappingNode map && map.Children.Values.OfType<YamlMappingNode>().Any(
        inner => Find(inner, "case_insensitive") is YamlScalarNode { Value: { } word } && word.Equals("true", StringComparison.OrdinalIgnoreCase));

    private Condition Fuzzy(string name, YamlNode value)
    {
        Note("'fuzzy' (nearly this word) is read as exactly it");
        return OfField(name, value, "value", _fields.Is);
    }

    private Condition Range(YamlMappingNode map) => Condition.And(map.Children.Select(entry =>
    {
        (string Operator, string Value)? low = null;
        (string Operator, string Value)? high = null;
        YamlMappingNode bounds = Map("range", entry.Value);
        bool isLowIncluded = !IsNo(Find(bounds, "include_lower"));
        bool isHighIncluded = !IsNo(Find(bounds, "include_upper"));
        foreach ((YamlNode key, YamlNode value) in bounds.Children)
        {
            switch (Name(key))
            {
                case "gt":
                    low = (">", Text("gt", value));
                    break;
                case "gte" or "ge":
                    low = (">=", Text("gte", value));
                    break;
                case "lt":
                    high = ("<", Text("lt", value));
                    break;
                case "lte" or "le":
                    high = ("<=", Text("lte", value));
                    break;
                case "from" when value is not YamlScalarNode { Value: null or "" or "null" }:
                    low = (isLowIncluded ? ">=" : ">", Text("from", value));
                    break;
                case "to" when value is not YamlScalarNode { Value: null or "" or "null" }:
                    high = (isHighIncluded ? "<=" : "<", Text("to", value));
                    break;
            }
        }

        return _fields.IsBetween(Name(entry.Key), low, high);
    }));

    private Condition Exists(string name, YamlNode value) => value is YamlMappingNode map
        ? Find(map, "field") is { } field
            ? Condition.And(Items(field).Select(each => _fields.Exists(Text(name, each))))
            : throw new ImportException($"'{name}' has no 'field'")
        : _fields.Exists(Text(name, value));

    private Condition DocumentType(string name, YamlNode value)
    {
        Note("'type' (a document type, which Elasticsearch 7 gave up) holds for all rows without a field '_type'");
        return value is YamlMappingNode map && Find(map, "value") is { } type
            ? _fields.Is("_type", Text(name, type))
            : throw new ImportException("'type' has no 'value'");
    }

    private Condition Nested(YamlMappingNode map)
    {
        Note("'nested' is read as if its fields were of the row itself");
        return Read(Find(map, "query") ?? Find(map, "filter") ?? throw new ImportException("'nested' has no 'query'"));
    }

    private static bool IsNo(YamlNode? node) =>
        node is YamlScalarNode { Value: { } word } && word.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<YamlNode> Items(YamlNode node) => node is YamlSequenceNode list ? list.Children : [node];

    private static YamlMappingNode Map(string name, YamlNode node) =>
        node as YamlMappingNode ?? throw new ImportException($"'{name}' must be a mapping");

    private static YamlNode? Find(YamlMappingNode map, string key) =>
        map.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode name && name.Value == key).Value;

    private static string Name(YamlNode key) => (key as YamlScalarNode)?.Value ?? throw new ImportException("a key must be a plain word");

    private static string Text(string name, YamlNode node) =>
        (node as YamlScalarNode)?.Value ?? throw new ImportException($"'{name}' must be a text or a number");
}
