using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Server.Configuration;

/// <summary>Where an option's value comes from when no flag gives it: the environment, then
/// <c>bongsu.yaml</c>.</summary>
/// <remarks><c>--max-body</c> is <c>BONGSU_MAX_BODY</c> in the environment and <c>max-body:</c> in the file.</remarks>
internal sealed class Settings
{
    private readonly Dictionary<string, string> _fromFile;
    private readonly Func<string, string?> _environment;

    private Settings(Dictionary<string, string> fromFile, Func<string, string?> environment)
    {
        _fromFile = fromFile;
        _environment = environment;
    }

    /// <summary>Reads a settings file.</summary>
    /// <param name="path">The file; a missing one is empty unless <paramref name="isRequired"/>.</param>
    /// <param name="isRequired">True where the user named the file.</param>
    /// <param name="environment">Looks up a variable.</param>
    /// <exception cref="SettingsException">The file is missing, is not YAML, or is not a flat map of texts and
    /// lists.</exception>
    public static Settings Load(string path, bool isRequired, Func<string, string?> environment)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return isRequired
                ? throw new SettingsException($"{path}: no such file")
                : new Settings(values, environment);
        }

        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count > 0)
            {
                ReadMap(path, yaml.Documents[0].RootNode, values);
            }
        }
        catch (YamlException error)
        {
            throw new SettingsException($"{path}:{error.Start.Line}:{error.Start.Column}: {error.Message}");
        }

        return new Settings(values, environment);
    }

    /// <summary>The value of an option (without the dashes), or null.</summary>
    public string? Find(string option)
    {
        string variable = "BONGSU_" + option.ToUpperInvariant().Replace('-', '_');
        return _environment(variable) is { Length: > 0 } value ? value : _fromFile.GetValueOrDefault(option);
    }

    /// <summary>Names in the file that no option has.</summary>
    public IEnumerable<string> UnknownNames(IReadOnlySet<string> known) => _fromFile.Keys.Where(name => !known.Contains(name));

    private static void ReadMap(string path, YamlNode root, Dictionary<string, string> values)
    {
        if (root is not YamlMappingNode map)
        {
            throw new SettingsException($"{path}:{root.Start.Line}: a map of names to values is expected");
        }

        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            values[((YamlScalarNode)key).Value ?? ""] = value switch
            {
                YamlScalarNode scalar => scalar.Value ?? "",
                YamlSequenceNode list => string.Join(',', list.Children.OfType<YamlScalarNode>().Select(item => item.Value)),
                _ => throw new SettingsException($"{path}:{value.Start.Line}: '{key}' must be a text or a list of texts"),
            };
        }
    }
}
