using System.Globalization;
using System.Text.RegularExpressions;
using Bongsu.Alert.Judges;
using Bongsu.Query;
using Bongsu.Query.Kql;
using Bongsu.Stream.Windows;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Rules;

/// <summary>The keys of one rule as its kind reads them; every error says where in the file.</summary>
internal sealed class RuleFields
{
    private static readonly TimeSpan s_defaultLateness = TimeSpan.FromSeconds(30);

    private readonly string _file;
    private readonly string _text;
    private readonly YamlSection _section;
    private readonly YamlNode _node;

    public RuleFields(string file, string text, YamlSection section, YamlNode node, QuerySource query)
    {
        _file = file;
        _text = text;
        _section = section;
        _node = node;
        Query = query;
    }

    /// <summary>The rule's <c>query</c>.</summary>
    public QuerySource Query { get; }

    /// <summary>The query without what would end it before more is added; refused where it is not rows.</summary>
    public ComposedQuery Rows(string kind)
    {
        string text = Query.Text.TrimEnd();
        foreach (int pipe in KqlText.Pipes(text))
        {
            Match head = KqlText.OperatorAt(text, pipe);
            if (head.Success && head.Groups[1].Value is "summarize" or "distinct" or "count" or "top" or "sort" or "order" or "take" or "limit")
            {
                throw Error(
                    Query, head.Groups[1].Index,
                    $"kind '{kind}' looks at rows: '{head.Groups[1].Value}' cannot stand in its query; what it computes is given by its own keys");
            }
        }

        string rows = text.TrimEnd(';').TrimEnd();
        return ComposedQuery.Of(Query with { Text = rows }).Then("\n");
    }

    /// <summary>Columns that make the key; may be empty.</summary>
    public IReadOnlyList<QuerySource> By() => Names("by");

    /// <summary><c>by a, b</c>, or nothing.</summary>
    public static ComposedQuery WithBy(ComposedQuery query, IReadOnlyList<QuerySource> by)
    {
        for (int name = 0; name < by.Count; name++)
        {
            query = query.Then(name == 0 ? " by " : ", ").Then(by[name]);
        }

        return query;
    }

    /// <summary>A column's name, as KQL writes it.</summary>
    public QuerySource RequiredName(string key) => NameOf(_section.RequiredText(key), key);

    /// <summary>A column's name, or null where the key is absent.</summary>
    public QuerySource? Name(string key) => _section.Text(key) is { } text ? NameOf(text, key) : null;

    /// <summary>Columns' names; empty where the key is absent.</summary>
    public IReadOnlyList<QuerySource> Names(string key) => [.. _section.TextList(key).Select(text => NameOf(text, key))];

    /// <summary>Columns' names, at least one.</summary>
    public IReadOnlyList<QuerySource> RequiredNames(string key)
    {
        IReadOnlyList<QuerySource> names = Names(key);
        return names.Count > 0 ? names : throw Missing(key);
    }

    /// <summary>The columns without the quotes KQL needs.</summary>
    public IReadOnlyList<string> PlainNames(string key) => [.. _section.TextList(key).Select(text => PlainName(text, key))];

    /// <summary>Columns, of which some may stand together as a list.</summary>
    public IReadOnlyList<IReadOnlyList<string>> NameGroups(string key)
    {
        YamlNode node = _section.Find(key) ?? throw Missing(key);
        IEnumerable<YamlNode> items = node is YamlSequenceNode list ? list.Children : [node];
        IReadOnlyList<string>[] groups = [.. items.Select(item => item switch
        {
            YamlScalarNode single => [PlainName(single, key)],
            YamlSequenceNode { Children.Count: > 0 } together =>
                (IReadOnlyList<string>)[.. together.Select(name => PlainName(name, key))],
            _ => throw _section.Error(item, $"'{key}' must be a list of columns, or of lists of columns"),
        })];
        return groups.Length > 0 ? groups : throw _section.Error(node, $"'{key}' must name at least one column");
    }

    /// <summary>Texts, at least one.</summary>
    public IReadOnlyList<string> RequiredTexts(string key)
    {
        string[] texts = [.. _section.TextList(key).Select(text => text.Value ?? "")];
        return texts.Length > 0 ? texts : throw Missing(key);
    }

    /// <summary>A condition over one row.</summary>
    public QuerySource Predicate(string key) => Predicate(_section, key) ?? throw Missing(key);

    /// <summary>A condition over one row, or null where the key is absent.</summary>
    public QuerySource? OptionalPredicate(string key) => Predicate(_section, key);

    /// <summary>A condition over one row in a part of the rule, or null where the key is absent.</summary>
    public QuerySource? Predicate(YamlSection section, string key) => section.Text(key) is { } text
        ? Checked(SourceOf(text), "print ")
        : null;

    /// <summary>An aggregate, such as <c>avg(duration_ms)</c>, or null where the key is absent.</summary>
    public QuerySource? Aggregate(string key) => _section.Text(key) is { } text
        ? Checked(SourceOf(text), "print 1 | summarize value = ")
        : null;

    /// <summary>An aggregate that must be there.</summary>
    public QuerySource RequiredAggregate(string key) => Aggregate(key) ?? throw Missing(key);

    /// <summary>A length of time, or null where the key is absent.</summary>
    public TimeSpan? Duration(string key)
    {
        TimeSpan? duration = _section.Duration(key);
        return duration is null || duration > TimeSpan.Zero ? duration : throw Wrong(key, "must be more than 0");
    }

    /// <summary>A length of time that must be there.</summary>
    public TimeSpan RequiredDuration(string key) => Duration(key) ?? throw Missing(key);

    /// <summary>A whole number of at least 1, or null where the key is absent.</summary>
    public int? Count(string key) => Count(_section, key);

    /// <summary>A whole number of at least 1 in a part of the rule, or null where the key is absent.</summary>
    public static int? Count(YamlSection section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        return int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1
            ? count
            : throw section.Error(text, $"'{key}' is '{text.Value}', expected a whole number of at least 1");
    }

    /// <summary>A whole number that must be there.</summary>
    public int RequiredCount(string key) => Count(key) ?? throw Missing(key);

    /// <summary>A number, or null where the key is absent.</summary>
    public double? Number(string key)
    {
        if (_section.Text(key) is not { } text)
        {
            return null;
        }

        return double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw _section.Error(text, $"'{key}' is '{text.Value}', expected a number");
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool otherwise) => Flag(_section, key, otherwise);

    /// <summary>Yes or no; must be there.</summary>
    public bool RequiredFlag(string key) => _section.Text(key) is null ? throw Missing(key) : Flag(key, otherwise: false);

    /// <summary>Yes or no, in a part of the rule.</summary>
    public static bool Flag(YamlSection section, string key, bool otherwise) => section.Text(key) switch
    {
        null => otherwise,
        { Value: "true" or "True" or "yes" } => true,
        { Value: "false" or "False" or "no" } => false,
        var other => throw section.Error(other, $"'{key}' is '{other.Value}', expected true or false"),
    };

    /// <summary>One of some words.</summary>
    public T Word<T>(string key, T otherwise, params (string Word, T Value)[] words) => Word(_section, key, otherwise, words);

    /// <summary>One of some words, in any part of a file.</summary>
    public static T Word<T>(YamlSection section, string key, T otherwise, params (string Word, T Value)[] words)
    {
        if (section.Text(key) is not { } text)
        {
            return otherwise;
        }

        foreach ((string word, T value) in words)
        {
            if (word == text.Value)
            {
                return value;
            }
        }

        string[] known = [.. words.Select(word => word.Word)];
        string expected = string.Join(", ", known[..^1]) + " or " + known[^1];
        throw section.Error(text, $"'{key}' is '{text.Value}', expected {expected}", NearestName.Find(text.Value!, known));
    }

    /// <summary>On which side a value is out of bounds.</summary>
    public Direction Direction(Direction otherwise) => Word(
        "direction", otherwise, ("up", Judges.Direction.Up), ("down", Judges.Direction.Down), ("both", Judges.Direction.Both));

    /// <summary>An IANA time zone; UTC where the key is absent.</summary>
    public string TimeZone()
    {
        if (_section.Text("timezone") is not { } text)
        {
            return "UTC";
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(text.Value!, out TimeZoneInfo? zone) && zone.HasIanaId
            ? zone.Id
            : throw _section.Error(text, $"'timezone' is '{text.Value}', expected a name such as Asia/Seoul or UTC");
    }

    /// <summary>A text, or null where the key is absent.</summary>
    public string? Text(string key) => _section.Text(key)?.Value;

    /// <summary>A part of the rule, or null where the key is absent or no mapping.</summary>
    public YamlSection? Part(string key) => _section.Find(key) is YamlMappingNode node ? new YamlSection(_file, node, $"'{key}'") : null;

    /// <summary>Parts of the rule in a list.</summary>
    public IReadOnlyList<YamlSection> Parts(string key, string what) => _section.Find(key) switch
    {
        null => throw Missing(key),
        YamlSequenceNode list => [.. list.Select(item => new YamlSection(_file, item, what))],
        var other => throw _section.Error(other, $"'{key}' must be a list"),
    };

    /// <summary>Windows of a length of their own that follow one another closely: <c>every</c> is a tenth of the length,
    /// 1s to 1m, coarser where a window would have too many slots.</summary>
    public WindowSpec Hopping(TimeSpan window) => Windows(_section.Duration("every") ?? WindowSteps.Hop(window), window);

    /// <summary>Windows one after another.</summary>
    public WindowSpec Tumbling(TimeSpan every)
    {
        TimeSpan step = _section.Duration("every") ?? every;
        return Windows(step, step);
    }

    /// <summary>Windows as given by <c>every</c> and <c>window</c>.</summary>
    public WindowSpec Given(TimeSpan every)
    {
        TimeSpan step = _section.Duration("every") ?? every;
        return Windows(step, _section.Duration("window") ?? step);
    }

    /// <summary>An error at a key.</summary>
    public RuleException Wrong(string key, string message) => _section.Error(_section.Find(key) ?? _node, $"'{key}' {message}");

    /// <summary>An error at the rule as a whole.</summary>
    public RuleException Wrong(string message) => _section.Error(_node, message);

    private RuleException Missing(string key) => _section.Error(_node, $"'{key}' is missing");

    private WindowSpec Windows(TimeSpan every, TimeSpan window)
    {
        TimeSpan lateness = _section.Duration("lateness") ?? s_defaultLateness;
        try
        {
            return new WindowSpec(every, window, lateness);
        }
        catch (ArgumentException exception)
        {
            string[] keys = ["every", "window", "lateness"];
            string? key = keys.FirstOrDefault(key => exception.Message.StartsWith(key, StringComparison.Ordinal));
            YamlNode? place = key is null ? null : _section.Find(key) ?? (key == "window" ? _section.Find("within") : null);
            throw _section.Error(place ?? _node, exception.Message);
        }
    }

    private QuerySource SourceOf(YamlScalarNode text) => new(text.Value!.Trim(), QueryPlace.Of(text, _text));

    private QuerySource NameOf(YamlScalarNode text, string key) => new(KqlText.Name(PlainName(text, key)), QueryPlace.Of(text, _text));

    private string PlainName(YamlNode node, string key) => node switch
    {
        YamlScalarNode { Value.Length: 0 } or not YamlScalarNode => throw _section.Error(node, $"'{key}' must be a column's name"),
        YamlScalarNode { Value: { } name } when name.AsSpan().ContainsAny('(', ')') => throw _section.Error(
            node, $"'{key}' is '{name}', expected a column's name; compute it in the query: | extend name = {name}"),
        YamlScalarNode text => text.Value!,
    };

    // Alone and in brackets: so that it cannot be more than one expression, nor close what it will stand in.
    private QuerySource Checked(QuerySource source, string before)
    {
        RefuseClock(_file, source);
        foreach ((string open, string close) in ((string, string)[])[("", ""), ("(", "\n)")])
        {
            string text = before + open + source.Text + close;
            try
            {
                KqlCompiler.Compile(text, EmptyCatalog.Instance, new CompileOptions { NowTicks = 0 });
            }
            catch (QueryException exception) when (exception.Code is not "unknown_name")
            {
                int at = Math.Clamp(exception.Span.Start - before.Length - open.Length, 0, source.Text.Length);
                throw Error(source, at, exception.Message, exception.Suggestion);
            }
            catch (QueryException)
            {
                // Columns are not known here.
            }
        }

        return source;
    }

    private RuleException Error(QuerySource source, int at, string message, string? suggestion = null)
    {
        (int line, int column) = source.Place.Find(source.Text, new TextSpan(at, 0));
        return new RuleException(new RuleError(_file, line, column, message, suggestion));
    }

    /// <summary>Refuses functions of the clock: a window is given by keys of the rule; a clock that moves while it is
    /// open would give each evaluation another query.</summary>
    public static void RefuseClock(string file, QuerySource source)
    {
        if (KqlText.ClockCallIn(source.Text) is { } call)
        {
            (int line, int column) = source.Place.Find(source.Text, new TextSpan(call.Index, call.Length));
            string message = $"a rule cannot use {call.Value}(): its time range is given by 'window'; leave the condition on time out";
            throw new RuleException(new RuleError(file, line, column, message));
        }
    }
}
