using YamlDotNet.RepresentationModel;

namespace Bongsu.Ingest.Pipelines.Configuration;

/// <summary>A mapping of a YAML file, whose keys are asked for by name; keys nobody asked for are errors. One
/// owner.</summary>
internal sealed class YamlMap
{
    private readonly YamlMappingNode _node;
    private readonly PipelineErrors _errors;
    private readonly List<string> _known = [];

    public YamlMap(YamlMappingNode node, PipelineErrors errors)
    {
        _node = node;
        _errors = errors;
    }

    /// <summary>The mapping itself, for errors about it.</summary>
    public YamlNode Node => _node;

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The value of a key, or null.</summary>
    public YamlNode? Find(string key)
    {
        _known.Add(key);
        foreach ((YamlNode name, YamlNode value) in _node.Children)
        {
            if (name is YamlScalarNode { Value: { } text } && text == key)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A text, or null where the key is not there.</summary>
    public string? Text(string key)
    {
        YamlNode? value = Find(key);
        if (value is null or YamlScalarNode)
        {
            return ((YamlScalarNode?)value)?.Value;
        }

        _errors.Add(value, $"'{key}' must be a text");
        return null;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string? Required(string key)
    {
        string? text = Text(key);
        if (string.IsNullOrEmpty(text))
        {
            _errors.Add(_node, $"'{key}' is missing");
            return null;
        }

        return text;
    }

    /// <summary>True or false; false where the key is not there.</summary>
    public bool Flag(string key)
    {
        string? text = Text(key);
        if (text is null or "true" or "false")
        {
            return text == "true";
        }

        _errors.Add(Find(key)!, $"'{key}' must be true or false, not '{text}'");
        return false;
    }

    /// <summary>A number from 0 on; the default where the key is not there.</summary>
    public int Number(string key, int fallback, int max)
    {
        string? text = Text(key);
        if (text is null)
        {
            return fallback;
        }

        if (int.TryParse(text, out int number) && number >= 0 && number <= max)
        {
            return number;
        }

        _errors.Add(Find(key)!, $"'{key}' must be a number from 0 to {max}, not '{text}'");
        return fallback;
    }

    /// <summary>A text or a list of texts; null where the key is not there.</summary>
    public IReadOnlyList<YamlScalarNode>? Texts(string key)
    {
        YamlNode? value = Find(key);
        switch (value)
        {
            case null:
                return null;
            case YamlScalarNode one:
                return [one];
            case YamlSequenceNode many when many.Children.All(child => child is YamlScalarNode) && many.Children.Count > 0:
                return [.. many.Children.Cast<YamlScalarNode>()];
            default:
                _errors.Add(value, $"'{key}' must be a text or a list of texts");
                return null;
        }
    }

    /// <summary>Reports the keys nobody asked for.</summary>
    public void Finish(string what)
    {
        foreach (YamlNode name in _node.Children.Keys)
        {
            string text = (name as YamlScalarNode)?.Value ?? name.ToString();
            if (!_known.Contains(text))
            {
                _errors.Add(
                    name, $"{what} has no '{text}': expected {string.Join(", ", _known.Distinct())}", Spelling.Nearest(text, _known));
            }
        }
    }
}
