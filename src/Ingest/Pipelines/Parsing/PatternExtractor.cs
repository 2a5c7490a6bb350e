using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Core.Dynamic;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Pipelines.Parsing;

/// <summary>Makes fields of the named groups of a regular expression; grok patterns come down to this too.</summary>
internal sealed class PatternExtractor : TextExtractor
{
    private readonly Regex _regex;
    private readonly IReadOnlyList<CapturedField> _fields;

    public PatternExtractor(Regex regex, IReadOnlyList<CapturedField> fields)
    {
        _regex = regex;
        _fields = fields;
    }

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<CapturedField> Fields => _fields;

    public override bool TryExtract(ReadOnlySpan<byte> text, BatchBuilder builder, string prefix)
    {
        if (Match(Encoding.UTF8.GetString(text)) is not { } captured)
        {
            return false;
        }

        foreach ((CapturedField field, List<string> values) in captured)
        {
            if (values.Count == 1)
            {
                CapturedValue.Set(builder, prefix + field.Name, values[0], field.Type);
            }
            else if (values.Count > 1)
            {
                var writer = new DynamicWriter();
                writer.BeginArray();
                values.ForEach(writer.WriteString);
                writer.EndArray();
                builder.SetDynamic(builder.Field(prefix + field.Name), writer.Written);
            }
        }

        return true;
    }

    /// <summary>Matches a text; null where it does not. A field captured several times has several values, repeats left
    /// out.</summary>
    public IReadOnlyList<(CapturedField Field, List<string> Values)>? Match(string text)
    {
        Match match;
        try
        {
            match = _regex.Match(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Only expressions that need backtracking have a limit; past it the text counts as not of the form.
            return null;
        }

        if (!match.Success)
        {
            return null;
        }

        var captured = new List<(CapturedField Field, List<string> Values)>();
        foreach (CapturedField field in _fields)
        {
            Group group = match.Groups[field.Group];
            if (!group.Success || group.Length == 0)
            {
                continue;
            }

            List<string>? values = captured.Find(known => known.Field.Name == field.Name).Values;
            if (values is null)
            {
                captured.Add((field, [group.Value]));
            }
            else if (!values.Contains(group.Value))
            {
                values.Add(group.Value);
            }
        }

        return captured;
    }
}
