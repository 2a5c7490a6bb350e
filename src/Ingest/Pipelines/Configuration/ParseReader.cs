using System.Text.RegularExpressions;
using Bongsu.Ingest.Pipelines.Grok;
using Bongsu.Ingest.Pipelines.Parsing;
using Bongsu.Ingest.Pipelines.Processors;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Ingest.Pipelines.Configuration;

/// <summary>Reads the settings of <c>parse</c>.</summary>
/// <param name="errors">Gets what is wrong.</param>
/// <param name="folder">What paths are relative to.</param>
internal sealed class ParseReader(PipelineErrors errors, string folder)
{
    private static readonly string[] s_forms = ["regex", "grok", "json", "key_value"];

    /// <summary>Makes the processor.</summary>
    public ParseProcessor? Read(YamlMap map)
    {
        string field = map.Text("field") ?? Fields.FieldConvention.Message;
        string prefix = map.Text("prefix") ?? "";
        bool remove = map.Flag("remove");
        string? failureField = map.Text("failure_field");
        int forms = s_forms.Count(map.Has);
        if (forms != 1)
        {
            errors.Add(map.Node, $"'parse' needs one of {string.Join(", ", s_forms)}; {forms} are given");
            return null;
        }

        Dictionary<string, CaptureType> types = ReadTypes(map);
        Dictionary<string, string> definitions = ReadDefinitions(map);
        TextExtractor? extractor = map.Has("regex") ? ReadRegex(map, types)
            : map.Has("grok") ? ReadGrok(map, definitions)
            : map.Has("json") ? new JsonExtractor()
            : ReadKeyValue(map);
        if (map.Has("json") && !map.Flag("json"))
        {
            errors.Add(map.Node, "'json' must be true");
        }

        return extractor is null ? null : new ParseProcessor(field, extractor, prefix, remove, failureField);
    }

    private PatternExtractor? ReadRegex(YamlMap map, Dictionary<string, CaptureType> types)
    {
        Regex? regex = RegexReader.Read(map.Find("regex"), errors, RegexOptions.ExplicitCapture);
        if (regex is null)
        {
            return null;
        }

        string[] groups = [.. regex.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))];
        if (groups.Length == 0)
        {
            errors.Add(map.Find("regex")!, "there is no named group: write (?<name>…) around what becomes a field");
            return null;
        }

        return new PatternExtractor(regex, Array.ConvertAll(groups, name => new CapturedField(name, name, types.GetValueOrDefault(name))));
    }

    private PatternExtractor? ReadGrok(YamlMap map, Dictionary<string, string> definitions)
    {
        YamlNode node = map.Find("grok")!;
        try
        {
            return GrokCompiler.Compile((node as YamlScalarNode)?.Value ?? "", definitions);
        }
        catch (UnknownPatternException error)
        {
            errors.Add(node, error.Message, Spelling.Nearest(error.Name, GrokPatterns.BuiltIn.Keys.Concat(definitions.Keys)));
        }
        catch (FormatException error)
        {
            errors.Add(node, error.Message);
        }

        return null;
    }

    private KeyValueExtractor? ReadKeyValue(YamlMap map)
    {
        switch (map.Find("key_value"))
        {
            case YamlScalarNode { Value: "true" }:
                return new KeyValueExtractor(" ", "=");
            case YamlMappingNode mapping:
                var settings = new YamlMap(mapping, errors);
                string pair = settings.Text("pair_separator") ?? " ";
                string value = settings.Text("value_separator") ?? "=";
                settings.Finish("'key_value'");
                if (pair.Length > 0 && value.Length > 0)
                {
                    return new KeyValueExtractor(pair, value);
                }

                errors.Add(mapping, "separators must not be empty");
                return null;
            default:
                errors.Add(map.Node, "'key_value' must be true, or have pair_separator and value_separator");
                return null;
        }
    }

    private Dictionary<string, CaptureType> ReadTypes(YamlMap map)
    {
        var types = new Dictionary<string, CaptureType>(StringComparer.Ordinal);
        YamlNode? node = map.Find("types");
        if (node is null)
        {
            return types;
        }

        foreach ((YamlNode name, YamlNode value) in Pairs(node))
        {
            string text = (value as YamlScalarNode)?.Value ?? "";
            if (CapturedValue.Names.TryGetValue(text, out CaptureType type) && name is YamlScalarNode { Value: { } field })
            {
                types[field] = type;
            }
            else
            {
                errors.Add(value, $"unknown type '{text}': expected long, real, bool or string", Spelling.Nearest(text, CapturedValue.Names.Keys));
            }
        }

        return types;
    }

    // Own patterns stand in the file itself, or one a line ("NAME expression") in files of their own.
    private Dictionary<string, string> ReadDefinitions(YamlMap map)
    {
        var definitions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (YamlScalarNode path in map.Texts("pattern_files") ?? [])
        {
            string file = Path.Combine(folder, path.Value ?? "");
            if (File.Exists(file))
            {
                GrokFile.Read(File.ReadLines(file), definitions);
            }
            else
            {
                errors.Add(path, $"{file}: there is no such file");
            }
        }

        foreach ((YamlNode name, YamlNode value) in Pairs(map.Find("patterns")))
        {
            definitions[(name as YamlScalarNode)?.Value ?? ""] = (value as YamlScalarNode)?.Value ?? "";
        }

        return definitions;
    }

    private IEnumerable<KeyValuePair<YamlNode, YamlNode>> Pairs(YamlNode? node)
    {
        if (node is not (null or YamlMappingNode))
        {
            errors.Add(node, "expected names with their values");
        }

        return (node as YamlMappingNode)?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>();
    }
}
