using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Ingest.Pipelines.Configuration;

/// <summary>Reads regular expressions, of the kind that takes linear time whatever the text.</summary>
internal static class RegexReader
{
    /// <summary>Compiles the node's text; null, with an error unless the node is null, where that cannot be.</summary>
    public static Regex? Read(YamlNode? node, PipelineErrors errors, RegexOptions more = RegexOptions.None)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not YamlScalarNode { Value.Length: > 0 } text)
        {
            errors.Add(node, "expected a regular expression");
            return null;
        }

        try
        {
            return new Regex(text.Value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | more);
        }
        catch (RegexParseException error)
        {
            errors.Add(node, $"not a regular expression, at its character {error.Offset}: {error.Error}");
        }
        catch (NotSupportedException)
        {
            errors.Add(node, "look-around, back references and atomic groups are not allowed here: they could take for ever");
        }

        return null;
    }
}
