using System.IO.Enumeration;

namespace Bongsu.Ingest.Pipelines;

/// <summary>A field's name, or a pattern of names with <c>*</c> and <c>?</c>. Upper and lower case are the
/// same.</summary>
internal sealed class FieldPattern
{
    private readonly string _text;
    private readonly bool _isPattern;

    public FieldPattern(string text)
    {
        _text = text;
        _isPattern = text.AsSpan().ContainsAny('*', '?');
    }

    /// <summary>Whether a name fits; the readable copy of a field (<c>NAME_decoded</c>) goes with it.</summary>
    public bool Matches(string name)
    {
        const string Decoded = "_decoded";
        return MatchesExactly(name) ||
            (name.EndsWith(Decoded, StringComparison.Ordinal) && MatchesExactly(name[..^Decoded.Length]));
    }

    private bool MatchesExactly(string name) =>
        _isPattern
            ? FileSystemName.MatchesSimpleExpression(_text, name, ignoreCase: true)
            : string.Equals(_text, name, StringComparison.OrdinalIgnoreCase);
}
