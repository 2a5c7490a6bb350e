using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Ingest.Pipelines.Parsing;

namespace Bongsu.Ingest.Pipelines.Grok;

/// <summary>Turns grok expressions (<c>%{IP:client} %{NUMBER:bytes:int}</c>) into regular expressions.</summary>
/// <remarks>
/// Pattern files may be written for Oniguruma, the engine grok grew up with: what .NET spells otherwise (POSIX classes,
/// <c>\h</c>,
/// possessive quantifiers, free names of groups) is translated. An expression without look-around and the like runs in
/// linear time; others
/// backtrack, under a time limit.
/// </remarks>
internal static class GrokCompiler
{
    // Deep enough for nested definitions, and a bound for those that refer to themselves.
    private const int MaxDepth = 32;
    private const int MaxLength = 256 << 10;

    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(1);

    /// <summary>Compiles an expression.</summary>
    /// <param name="expression">The grok expression.</param>
    /// <param name="definitions">Patterns by name, beside the built-in ones, which they replace.</param>
    /// <exception cref="FormatException">It is not well-formed, or refers to a pattern that does not exist.</exception>
    public static PatternExtractor Compile(string expression, IReadOnlyDictionary<string, string> definitions)
    {
        var fields = new List<CapturedField>();
        var regex = new StringBuilder();
        Expand(expression, definitions, regex, fields, depth: 0);
        return new PatternExtractor(Build(regex.ToString()), fields);
    }

    private static Regex Build(string pattern)
    {
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, s_timeLimit);
        }
        catch (RegexParseException error)
        {
            throw new FormatException($"not a regular expression: {error.Message}", error);
        }
    }

    private static void Expand(
        string text, IReadOnlyDictionary<string, string> definitions, StringBuilder regex, List<CapturedField> fields, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException($"patterns refer to each other more than {MaxDepth} deep");
        }

        for (int at = 0; at < text.Length;)
        {
            if (regex.Length > MaxLength)
            {
                throw new FormatException($"the expression grows past {MaxLength} characters");
            }

            if (text[at] == '%' && at + 1 < text.Length && text[at + 1] == '{')
            {
                at = ExpandReference(text, at, definitions, regex, fields, depth);
            }
            else
            {
                at = OnigurumaSyntax.Copy(text, at, regex, name => NewGroup(fields, name, CaptureType.Text));
            }
        }
    }

    private static int ExpandReference(
        string text, int at, IReadOnlyDictionary<string, string> definitions, StringBuilder regex, List<CapturedField> fields, int depth)
    {
        int end = text.IndexOf('}', at);
        if (end < 0)
        {
            throw new FormatException($"'{text[at..]}' has no closing brace");
        }

        string[] parts = text[(at + 2)..end].Split(':');
        if (!definitions.TryGetValue(parts[0], out string? definition) && !GrokPatterns.BuiltIn.TryGetValue(parts[0], out definition))
        {
            throw new UnknownPatternException(parts[0]);
        }

        if (parts.Length > 1 && parts[1].Length > 0)
        {
            CaptureType type = CaptureType.Text;
            if (parts.Length > 2 && !CapturedValue.Names.TryGetValue(parts[2], out type))
            {
                throw new FormatException($"unknown type '{parts[2]}' in '{text[at..(end + 1)]}': expected int, long, float, real, bool or string");
            }

            regex.Append("(?<").Append(NewGroup(fields, parts[1], type)).Append('>');
        }
        else
        {
            regex.Append("(?:");
        }

        Expand(definition, definitions, regex, fields, depth + 1);
        regex.Append(')');
        return end + 1;
    }

    // [source][address] is how some write source.address.
    private static string NewGroup(List<CapturedField> fields, string name, CaptureType type)
    {
        string path = name.StartsWith('[') ? name.Trim('[', ']').Replace("][", ".", StringComparison.Ordinal) : name;
        string group = "g" + fields.Count;
        fields.Add(new CapturedField(group, path, type));
        return group;
    }
}
