using System.Globalization;
using Bongsu.Alert.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>The keys of an ElastAlert rule; remembers which were asked for.</summary>
internal sealed class ElastAlertFile
{
    private const int MaxImports = 20;

    private static readonly (string Unit, TimeSpan Length)[] s_units =
    [
        ("weeks", TimeSpan.FromDays(7)), ("days", TimeSpan.FromDays(1)), ("hours", TimeSpan.FromHours(1)), ("minutes", TimeSpan.FromMinutes(1)),
        ("seconds", TimeSpan.FromSeconds(1)), ("milliseconds", TimeSpan.FromMilliseconds(1)), ("microseconds", TimeSpan.FromMicroseconds(1)),
    ];

    private readonly Dictionary<string, YamlNode> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private ElastAlertFile()
    {
    }

    /// <summary>Keys in the order of the file that were not asked for.</summary>
    public IEnumerable<string> Unused => _entries.Keys.Where(key => !_used.Contains(key));

    /// <summary>YAML documents in the file; only the first is the rule.</summary>
    public int DocumentCount { get; private set; }

    /// <summary>Filters of the file and of those it imports, which must all hold; with whether they are in the file itself.</summary>
    public List<(YamlNode Node, bool IsOwn)> Filters { get; } = [];

    /// <summary>Files named by <c>import</c> that could not be read.</summary>
    public List<string> MissingImports { get; } = [];

    /// <summary>Reads a rule.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="readFile">Content of another file, or null.</param>
    /// <exception cref="ImportException">It is not YAML, or not a rule.</exception>
    public static ElastAlertFile Read(string text, Func<string, string?> readFile)
    {
        var file = new ElastAlertFile();
        YamlMappingNode root = Parse(text, out int documents);
        file.DocumentCount = documents;
        file.Take(root);
        foreach (YamlNode key in root.Children.Keys)
        {
            file._lines[(key as YamlScalarNode)?.Value ?? ""] = (int)key.Start.Line;
        }

        file.AddFilter(isOwn: true);
        file.Import(readFile);
        return file;
    }

    /// <summary>Whether a key is there, with a value.</summary>
    public bool Has(string key) => _entries.TryGetValue(key, out YamlNode? node) && node is not YamlScalarNode { Value: null or "" or "null" or "~" };

    /// <summary>Line of a key, from 1; 0 where it is not in the file itself.</summary>
    public int LineOf(string key) => _lines.GetValueOrDefault(key);

    /// <summary>The value of a key, or null.</summary>
    public YamlNode? Find(string key)
    {
        _used.Add(key);
        return Has(key) ? _entries[key] : null;
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode text => text.Value,
        _ => throw Wrong(key, "must be a text"),
    };

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string key) => Text(key) ?? throw Missing(key);

    /// <summary>A text, or a list of them; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(string key) => Find(key) is { } node
        ? [.. Items(node).Select(item => (item as YamlScalarNode)?.Value ?? throw Wrong(key, "must be a text or a list of texts"))]
        : [];

    /// <summary>Texts, each of which may be a list.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Groups(string key) => Find(key) is not { } node
        ? []
        : [.. Items(node).Select(item => (IReadOnlyList<string>)[.. Items(item).Select(
            name => (name as YamlScalarNode)?.Value ?? throw Wrong(key, "must be a list of texts, or of lists of texts"))])];

    /// <summary>A number, or null.</summary>
    public double? Number(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        return double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
                ? number
                : throw Wrong(key, $"is '{text}', expected a number");
    }

    /// <summary>A number that must be there.</summary>
    public double RequiredNumber(string key) => Number(key) ?? throw Missing(key);

    /// <summary>Yes or no; no where the key is absent.</summary>
    public bool Flag(string key, bool otherwise = false) => Text(key)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        var other => throw Wrong(key, $"is '{other}', expected true or false"),
    };

    /// <summary>A length of time (<c>minutes: 5</c>), or null.</summary>
    public TimeSpan? Time(string key)
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        if (node is YamlScalarNode { Value: { } text } && DurationText.TryParse(text, out TimeSpan plain))
        {
            return plain;
        }

        var map = node as YamlMappingNode ?? throw Wrong(key, "must be a time such as 'minutes: 5'");
        double ticks = 0;
        foreach ((YamlNode unit, YamlNode value) in map.Children)
        {
            string? name = (unit as YamlScalarNode)?.Value;
            int at = Array.FindIndex(s_units, known => known.Unit == name || known.Unit == name + "s");
            if (at < 0 || !double.TryParse((value as YamlScalarNode)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                throw Wrong(key, $"is '{name}: {value}', expected a number of weeks, days, hours, minutes, seconds or milliseconds");
            }

            ticks += number * s_units[at].Length.Ticks;
        }

        return ticks is >= 0 and < 1e18 ? TimeSpan.FromTicks((long)ticks) : throw Wrong(key, "is out of range");
    }

    /// <summary>A length of time that must be there.</summary>
    public TimeSpan RequiredTime(string key) => Time(key) ?? throw Missing(key);

    /// <summary>A list, or the one item that stands for it.</summary>
    public static IEnumerable<YamlNode> Items(YamlNode node) => node is YamlSequenceNode list ? list.Children : [node];

    // An imported file may import others.
    private void Import(Func<string, string?> readFile)
    {
        var names = new Queue<string>(ImportedNames());
        for (int import = 0; names.TryDequeue(out string? name); import++)
        {
            if (import < MaxImports && readFile(name) is { } content)
            {
                Take(Parse(content, out _));
                AddFilter(isOwn: false);
                foreach (string next in ImportedNames())
                {
                    names.Enqueue(next);
                }
            }
            else if (!MissingImports.Contains(name))
            {
                MissingImports.Add(name);
            }
        }
    }

    private List<string> ImportedNames() => _entries.Remove("import", out YamlNode? named)
        ? [.. Items(named).OfType<YamlScalarNode>().Select(name => name.Value ?? "")]
        : [];

    // All other keys of an imported file give way to those of the file.
    private void AddFilter(bool isOwn)
    {
        if (Find("filter") is { } filter)
        {
            Filters.Add((filter, isOwn));
        }

        _entries.Remove("filter");
    }

    private ImportException Wrong(string key, string what) =>
        new(LineOf(key) is > 0 and var line ? $"line {line}: '{key}' {what}" : $"'{key}' {what}");

    private static ImportException Missing(string key) => new($"'{key}' is missing");

    private static YamlMappingNode Parse(string text, out int documents)
    {
        try
        {
            IReadOnlyList<YamlDocument> all = YamlText.Load(text);
            documents = all.Count;
            return all is [{ RootNode: YamlMappingNode map }, ..]
                ? map
                : throw new ImportException("the file is not a rule: its keys and values are missing");
        }
        catch (YamlException exception)
        {
            throw new ImportException($"line {exception.Start.Line}: not YAML: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    // What is there already stays: a file is stronger than those it imports.
    private void Take(YamlMappingNode map, int depth = 0)
    {
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                continue;
            }

            if (name == "<<" && depth < MaxImports)
            {
                foreach (YamlMappingNode merged in Items(value).OfType<YamlMappingNode>())
                {
                    Take(merged, depth + 1);
                }

                continue;
            }

            _entries.TryAdd(name, value);
        }
    }
}
