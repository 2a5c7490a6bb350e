using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Rules;

/// <summary>A YAML mapping that is read key by key; every error says where. Keys nobody asked for are errors.</summary>
internal sealed class YamlSection
{
    private readonly string _file;
    private readonly YamlMappingNode _node;
    private readonly Dictionary<string, (YamlScalarNode Key, YamlNode Value)> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    /// <summary>A view of a node, which must be a mapping.</summary>
    /// <exception cref="RuleException">It is not.</exception>
    public YamlSection(string file, YamlNode node, string what)
    {
        _file = file;
        _node = node as YamlMappingNode ?? throw Error(file, node, $"{what} must be a mapping of keys and values");
        foreach ((YamlNode key, YamlNode value) in _node.Children)
        {
            var name = key as YamlScalarNode ?? throw Error(file, key, "a key must be a plain word");
            _entries.Add(name.Value ?? "", (name, value));
        }
    }

    /// <summary>Names of the keys, as written.</summary>
    public IReadOnlyCollection<string> Keys => _entries.Keys;

    /// <summary>The value of a key, or null.</summary>
    public YamlNode? Find(string key)
    {
        _known.Add(key);
        return _entries.TryGetValue(key, out (YamlScalarNode Key, YamlNode Value) entry) ? entry.Value : null;
    }

    /// <summary>The text of a key, or null where it is absent.</summary>
    public YamlScalarNode? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value.Length: > 0 } text => text,
        var other => throw Error(_file, other, $"'{key}' must be a text that is not empty"),
    };

    /// <summary>The text of a key that must be there.</summary>
    public YamlScalarNode RequiredText(string key) =>
        Text(key) ?? throw Error(_file, _node, $"'{key}' is missing");

    /// <summary>A duration, or null where the key is absent.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        return DurationText.TryParse(text.Value!, out TimeSpan duration)
            ? duration
            : throw Error(_file, text, $"'{key}' is '{text.Value}', expected a duration such as 30s, 5m or 1h30m");
    }

    /// <summary>Texts by name; empty where the key is absent.</summary>
    public IReadOnlyDictionary<string, YamlScalarNode> Texts(string key)
    {
        var texts = new SortedDictionary<string, YamlScalarNode>(StringComparer.Ordinal);
        if (Find(key) is not { } node)
        {
            return texts;
        }

        var section = new YamlSection(_file, node, $"'{key}'");
        foreach ((string name, (_, YamlNode value)) in section._entries)
        {
            texts.Add(name, value as YamlScalarNode ?? throw Error(_file, value, $"'{key}.{name}' must be a text"));
        }

        return texts;
    }

    /// <summary>A list of texts, or a single one; empty where the key is absent.</summary>
    public IReadOnlyList<YamlScalarNode> TextList(string key) => Find(key) switch
    {
        null => [],
        YamlScalarNode single => [single],
        YamlSequenceNode list => [.. list.Select(item => item as YamlScalarNode ?? throw Error(_file, item, $"'{key}' must be a list of texts"))],
        var other => throw Error(_file, other, $"'{key}' must be a list of texts"),
    };

    /// <summary>Refuses keys that were not asked for.</summary>
    /// <param name="describe">Says why a key cannot be here, or null where nothing better is known than that it
    /// is not.</param>
    public void RequireAllKnown(Func<string, string?>? describe = null)
    {
        foreach ((string name, (YamlScalarNode key, _)) in _entries)
        {
            if (!_known.Contains(name))
            {
                throw describe?.Invoke(name) is { } reason ? Error(_file, key, reason) : Error(
                    _file,
                    key,
                    $"unknown key '{name}', expected one of {string.Join(", ", _known.Distinct())}",
                    NearestName.Find(name, _known));
            }
        }
    }

    /// <summary>An error at the mapping as a whole.</summary>
    public RuleException Error(string message) => Error(_file, _node, message);

    /// <summary>An error at a node.</summary>
    public RuleException Error(YamlNode node, string message, string? suggestion = null) => Error(_file, node, message, suggestion);

    /// <summary>An error at a node of a file.</summary>
    public static RuleException Error(string file, YamlNode node, string message, string? suggestion = null) =>
        new(new RuleError(file, (int)Math.Max(1, node.Start.Line), (int)Math.Max(1, node.Start.Column), message, suggestion));

    /// <summary>The documents of a file.</summary>
    /// <exception cref="RuleException">It is not YAML.</exception>
    public static IReadOnlyList<YamlDocument> Documents(string file, string text)
    {
        try
        {
            return YamlText.Load(text);
        }
        catch (YamlException exception)
        {
            string message = exception.InnerException?.Message ?? exception.Message;
            throw new RuleException(new RuleError(
                file, (int)Math.Max(1, exception.Start.Line), (int)Math.Max(1, exception.Start.Column), $"not YAML: {message}"));
        }
    }
}
