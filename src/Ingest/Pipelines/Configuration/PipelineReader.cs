using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Core.Types;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Pipelines.Processors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Ingest.Pipelines.Configuration;

/// <summary>Makes a pipeline of one file's YAML. Every error is collected, so all show at once.</summary>
internal sealed class PipelineReader
{
    private static readonly string[] s_processors = ["drop", "rename", "remove", "set", "parse", "mask", "hash"];

    private readonly string _file;
    private readonly PipelineErrors _errors;
    private readonly ParseReader _parse;
    private readonly MaskReader _mask;

    /// <param name="file">Name of the file.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <param name="folder">What paths in the file are relative to.</param>
    public PipelineReader(string file, List<PipelineError> errors, string folder)
    {
        _file = file;
        _errors = new PipelineErrors(file, errors);
        _parse = new ParseReader(_errors, folder);
        _mask = new MaskReader(_errors, folder);
    }

    /// <summary>Reads the document; null where it cannot be used.</summary>
    public Pipeline? Read(YamlNode root)
    {
        if (root is not YamlMappingNode mapping)
        {
            _errors.Add(root, "expected a mapping with 'processors'");
            return null;
        }

        var map = new YamlMap(mapping, _errors);
        IReadOnlyList<string> tables =
            map.Texts("table")?.Select(table => table.Value ?? "").ToArray() ?? [Path.GetFileNameWithoutExtension(_file)];
        var processors = new List<Processor>();
        switch (map.Find("processors"))
        {
            case YamlSequenceNode list:
                foreach (YamlNode item in list.Children)
                {
                    if (ReadProcessor(item) is { } processor)
                    {
                        processors.Add(processor);
                    }
                }

                break;
            case { } other:
                _errors.Add(other, "'processors' must be a list");
                break;
            default:
                _errors.Add(root, "'processors' is missing");
                break;
        }

        map.Finish("a pipeline");
        return new Pipeline(tables, processors);
    }

    private Processor? ReadProcessor(YamlNode item)
    {
        if (item is not YamlMappingNode { Children.Count: 1 } mapping || mapping.Children.First().Key is not YamlScalarNode name)
        {
            _errors.Add(item, $"expected one of {string.Join(", ", s_processors)}, with its settings");
            return null;
        }

        YamlNode settings = mapping.Children.First().Value;
        if (name.Value == "remove" && settings is not YamlMappingNode)
        {
            return ReadRemove(settings);
        }

        if (!s_processors.Contains(name.Value))
        {
            _errors.Add(
                name, $"there is no processor '{name.Value}': expected {string.Join(", ", s_processors)}",
                Spelling.Nearest(name.Value ?? "", s_processors));
            return null;
        }

        if (settings is not YamlMappingNode map)
        {
            _errors.Add(settings, $"'{name.Value}' needs settings, such as {{ field: message }}");
            return null;
        }

        var values = new YamlMap(map, _errors);
        Processor? processor = name.Value switch
        {
            "drop" => ReadDrop(values),
            "rename" => ReadRename(values),
            "remove" => ReadRemove(values.Find("fields") ?? map),
            "set" => ReadSet(values),
            "parse" => _parse.Read(values),
            "mask" => _mask.ReadMask(values),
            _ => _mask.ReadHash(values),
        };
        values.Finish($"'{name.Value}'");
        return processor;
    }

    private DropProcessor? ReadDrop(YamlMap map)
    {
        if (map.Find("all") is YamlSequenceNode list)
        {
            var conditions = new List<FieldCondition>();
            foreach (YamlNode item in list.Children)
            {
                if (item is YamlMappingNode mapping)
                {
                    var inner = new YamlMap(mapping, _errors);
                    if (ReadCondition(inner) is { } condition)
                    {
                        conditions.Add(condition);
                    }

                    inner.Finish("a condition");
                }
                else
                {
                    _errors.Add(item, "expected a condition, such as { field: path, equals: /health }");
                }
            }

            return conditions.Count > 0 ? new DropProcessor(conditions) : null;
        }

        return ReadCondition(map) is { } one ? new DropProcessor([one]) : null;
    }

    private FieldCondition? ReadCondition(YamlMap map)
    {
        string? field = map.Required("field");
        IReadOnlyList<YamlScalarNode>? values = map.Texts("equals");
        string? contains = map.Text("contains");
        YamlNode? pattern = map.Find("matches");
        Regex? regex = RegexReader.Read(pattern, _errors);
        bool? exists = map.Has("exists") ? map.Flag("exists") : null;
        if (values is null && contains is null && pattern is null && exists is null)
        {
            _errors.Add(map.Node, "a condition needs 'equals', 'contains', 'matches' or 'exists'");
            return null;
        }

        return field is null
            ? null
            : new FieldCondition(
                field, exists, values?.Select(value => Encoding.UTF8.GetBytes(value.Value ?? "")).ToArray(),
                contains is null ? null : Encoding.UTF8.GetBytes(contains), regex);
    }

    private RenameProcessor? ReadRename(YamlMap map)
    {
        string? from = map.Required("from");
        string? to = map.Required("to");
        if (FieldConvention.Timestamp is var time && (from == time || to == time))
        {
            _errors.Add(map.Node, $"'{time}' cannot be renamed: every row has one");
            return null;
        }

        return from is null || to is null ? null : new RenameProcessor(from, to);
    }

    private RemoveProcessor? ReadRemove(YamlNode node)
    {
        IEnumerable<YamlNode> items = node is YamlSequenceNode list ? list.Children : [node];
        var fields = new List<FieldPattern>();
        foreach (YamlNode item in items)
        {
            if (item is YamlScalarNode { Value.Length: > 0 } name && name.Value != FieldConvention.Timestamp)
            {
                fields.Add(new FieldPattern(name.Value));
            }
            else
            {
                _errors.Add(item, "'remove' takes names of fields, other than timestamp");
            }
        }

        return fields.Count > 0 ? new RemoveProcessor(fields) : null;
    }

    private SetProcessor? ReadSet(YamlMap map)
    {
        string? field = map.Required("field");
        bool onlyWhereAbsent = map.Flag("only_where_absent");
        if (map.Find("value") is not YamlScalarNode value)
        {
            _errors.Add(map.Node, "'value' is missing");
            return null;
        }

        if (field == FieldConvention.Timestamp)
        {
            _errors.Add(map.Node, $"'{field}' cannot be set to a constant");
            return null;
        }

        return field is null ? null : new SetProcessor(field, ToScalar(value), onlyWhereAbsent);
    }

    // As YAML 1.2 (section 10.3.2) reads plain words; quotes make a text of anything.
    private static Scalar ToScalar(YamlScalarNode node)
    {
        string text = node.Value ?? "";
        if (node.Style != ScalarStyle.Plain)
        {
            return Scalar.Of(text);
        }

        if (text is "true" or "false")
        {
            return Scalar.Of(text == "true");
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return Scalar.Of(whole);
        }

        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        return isNumber ? Scalar.Of(number) : Scalar.Of(text);
    }
}
