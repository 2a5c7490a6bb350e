using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Ingest.Pipelines.Masking;
using Bongsu.Ingest.Pipelines.Processors;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Ingest.Pipelines.Configuration;

/// <summary>Reads the settings of <c>mask</c> and <c>hash</c>.</summary>
/// <param name="errors">Gets what is wrong.</param>
/// <param name="folder">What paths are relative to.</param>
internal sealed class MaskReader(PipelineErrors errors, string folder)
{
    private const int MaxKeepLast = 8;

    private static readonly Dictionary<string, SecretKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["resident_number"] = SecretKind.ResidentNumber,
        ["phone"] = SecretKind.Phone,
        ["card"] = SecretKind.Card,
        ["email"] = SecretKind.Email,
        ["token"] = SecretKind.Token,
        ["all"] = SecretKind.All,
    };

    /// <summary>Makes a processor that puts stars in the place of secrets.</summary>
    public RewriteProcessor? ReadMask(YamlMap map)
    {
        int keepLast = map.Number("keep_last", 0, MaxKeepLast);
        return Read(map, new StarSubstitute(keepLast, map.Text("replacement")));
    }

    /// <summary>Makes a processor that puts a keyed hash in the place of secrets.</summary>
    public RewriteProcessor? ReadHash(YamlMap map)
    {
        byte[]? key = ReadKey(map);
        RewriteProcessor? processor = Read(map, new HashSubstitute(key ?? []));
        return key is null ? null : processor;
    }

    private RewriteProcessor? Read(YamlMap map, Substitute substitute)
    {
        bool withKeys = map.Flag("keys");
        IReadOnlyList<YamlScalarNode>? fields = map.Texts("fields");
        SecretKind kinds = SecretKind.None;
        foreach (YamlScalarNode name in map.Texts("kinds") ?? [])
        {
            if (s_kinds.TryGetValue(name.Value ?? "", out SecretKind kind))
            {
                kinds |= kind;
            }
            else
            {
                errors.Add(
                    name, $"unknown kind '{name.Value}': expected {string.Join(", ", s_kinds.Keys)}",
                    Spelling.Nearest(name.Value ?? "", s_kinds.Keys));
            }
        }

        YamlNode? pattern = map.Find("pattern");
        Regex? regex = RegexReader.Read(pattern, errors);
        var rewriters = new List<TextRewriter>();
        if (kinds != SecretKind.None)
        {
            rewriters.Add(new SecretRewriter(kinds, substitute));
        }

        if (regex is not null)
        {
            rewriters.Add(new PatternRewriter(regex, substitute));
        }

        if (!map.Has("kinds") && pattern is null)
        {
            if (fields is null)
            {
                errors.Add(map.Node, "say what: 'fields' (whole values), 'kinds' (found by their form) or 'pattern' (a regular expression)");
                return null;
            }

            rewriters.Add(new WholeRewriter(substitute));
        }

        return new RewriteProcessor(rewriters, fields?.Select(field => new FieldPattern(field.Value ?? "")).ToArray(), withKeys);
    }

    private byte[]? ReadKey(YamlMap map)
    {
        string? file = map.Text("key_file");
        string? variable = map.Text("key_env");
        if (file is null == variable is null)
        {
            errors.Add(map.Node, "'hash' needs one of key_file and key_env: a hash without a key can be tried out");
            return null;
        }

        byte[] key;
        if (file is not null)
        {
            string path = Path.Combine(folder, file);
            if (!File.Exists(path))
            {
                errors.Add(map.Find("key_file")!, $"{path}: there is no such file");
                return null;
            }

            key = File.ReadAllBytes(path).AsSpan().TrimEnd("\r\n"u8).ToArray();
        }
        else
        {
            key = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable(variable!) ?? "");
        }

        if (key.Length >= HashSubstitute.MinKeyBytes)
        {
            return key;
        }

        errors.Add(map.Node, $"the key has {key.Length} bytes: at least {HashSubstitute.MinKeyBytes} are needed");
        return null;
    }
}
