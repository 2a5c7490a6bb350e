using System.Text;
using System.Text.RegularExpressions;

namespace Bongsu.Query.Functions.Matching;

/// <summary>
/// Translates RE2 syntax (Rust's flavour, as KQL has it) to what .NET's non-backtracking engine takes, and refuses the
/// rest.
/// </summary>
/// <remarks>
/// Syntax: github.com/google/re2/wiki/Syntax and docs.rs/regex. Named groups become numbered ones, since .NET would
/// number them last.
/// </remarks>
internal sealed class RegexTranslator
{
    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private readonly List<string?> _groupNames = [];
    private readonly Stack<(bool Multiline, bool Swapped)> _flags = new();
    private readonly RegexLiteral _literal = new();
    private int _position;
    private bool _isMultiline;
    private bool _isSwapped;

    public RegexTranslator(string pattern)
    {
        _pattern = pattern;
    }

    /// <summary>Names of capture groups, from group 1 on.</summary>
    public IReadOnlyList<string?> GroupNames => _groupNames;

    /// <summary>The longest text that every match must hold, or the empty string.</summary>
    public string RequiredLiteral => _literal.Longest;

    /// <summary>The pattern in .NET's syntax.</summary>
    /// <exception cref="FunctionException">Something is not supported.</exception>
    public string Translate()
    {
        while (_position < _pattern.Length)
        {
            char next = _pattern[_position];
            switch (next)
            {
                case '\\':
                    TranslateEscape();
                    break;
                case '[':
                    _literal.Break();
                    var reader = new RegexClassReader(_pattern, _position);
                    _output.Append(reader.Read());
                    _position = reader.Position;
                    break;
                case '(':
                    OpenGroup();
                    break;
                case ')':
                    CloseGroup();
                    break;
                case '*' or '+' or '?' or '{':
                    TranslateQuantifier(next);
                    break;
                default:
                    TranslatePlain(next);
                    break;
            }
        }

        return _output.ToString();
    }

    /// <summary>An error that quotes the pattern.</summary>
    internal static FunctionException Unsupported(string pattern, int position, string what) =>
        new($"regular expression '{pattern}', character {position + 1}: {what}");

    private void TranslatePlain(char next)
    {
        _position++;
        switch (next)
        {
            case '$':
                // Without the multi-line flag $ is the very end; .NET would also take a newline before it.
                _literal.Break();
                _output.Append(_isMultiline ? "$" : "\\z");
                break;
            case '^' or '.':
                _literal.Break();
                _output.Append(next);
                break;
            case '|':
                _literal.Alternate();
                _output.Append('|');
                break;
            case ' ' or '#':
                // Without the x flag these are literals in .NET too.
                _literal.Add(next);
                _output.Append(next);
                break;
            default:
                _literal.Add(next);
                _output.Append(next);
                break;
        }
    }

    private void TranslateQuantifier(char next)
    {
        if (next == '{' && !IsRepetition())
        {
            _literal.Add('{');
            _output.Append("\\{");
            _position++;
            return;
        }

        int end = next == '{' ? _pattern.IndexOf('}', _position) + 1 : _position + 1;
        bool mayBeAbsent = next is '*' or '?' || (next == '{' && _pattern[_position + 1] is '0' or ',');
        _literal.Quantify(mayBeAbsent);
        _output.Append(_pattern, _position, end - _position);
        _position = end;
        bool isLazy = _position < _pattern.Length && _pattern[_position] == '?';
        _position += isLazy ? 1 : 0;
        if (isLazy != _isSwapped)
        {
            _output.Append('?');
        }
    }

    private bool IsRepetition()
    {
        int position = _position + 1;
        while (position < _pattern.Length && (char.IsAsciiDigit(_pattern[position]) || _pattern[position] == ','))
        {
            position++;
        }

        return position < _pattern.Length && _pattern[position] == '}' && char.IsAsciiDigit(_pattern[_position + 1]);
    }

    private void OpenGroup()
    {
        _flags.Push((_isMultiline, _isSwapped));
        _literal.Open();
        string rest = _pattern[_position..];
        if (!rest.StartsWith("(?", StringComparison.Ordinal))
        {
            _groupNames.Add(null);
            _output.Append('(');
            _position++;
            return;
        }

        int nameStart = rest.StartsWith("(?P<", StringComparison.Ordinal) ? 4
            : rest.StartsWith("(?<", StringComparison.Ordinal) && !rest.StartsWith("(?<=", StringComparison.Ordinal)
                && !rest.StartsWith("(?<!", StringComparison.Ordinal) ? 3 : 0;
        if (nameStart > 0)
        {
            int nameEnd = rest.IndexOf('>', StringComparison.Ordinal);
            string name = nameEnd < 0 ? "" : rest[nameStart..nameEnd];
            if (name.Length == 0 || !name.All(character => char.IsLetterOrDigit(character) || character is '_' or '.' or '[' or ']'))
            {
                throw Unsupported(_pattern, _position, "a group's name ends with '>' and has letters, digits and '_' only");
            }

            _groupNames.Add(name);
            _output.Append('(');
            _position += nameEnd + 1;
            return;
        }

        OpenFlags(rest);
    }

    // (?flags) for the rest of the group, (?flags:…) for a group of its own.
    private void OpenFlags(string rest)
    {
        int end = 2;
        bool isOn = true;
        var flags = new StringBuilder();
        for (; end < rest.Length && rest[end] is not (':' or ')'); end++)
        {
            switch (rest[end])
            {
                case '-':
                    isOn = false;
                    flags.Append('-');
                    break;
                case 'm':
                    _isMultiline = isOn;
                    flags.Append('m');
                    break;
                case 'U':
                    _isSwapped = isOn;
                    break;
                case 'u' or 'R':
                    break;
                case 'i' or 's' or 'x':
                    _literal.Forbid();
                    flags.Append(rest[end]);
                    break;
                default:
                    throw Unsupported(
                        _pattern,
                        _position,
                        "look-around, atomic groups and conditions are not supported, since they cannot be matched in linear time");
            }
        }

        if (end == rest.Length)
        {
            throw Unsupported(_pattern, _position, "the group is not closed");
        }

        string text = flags.ToString().TrimEnd('-');
        if (rest[end] == ':')
        {
            _output.Append("(?").Append(text).Append(':');
        }
        else
        {
            _flags.Pop();
            _literal.Close();
            _output.Append(text.Length > 0 ? $"(?{text})" : "");
        }

        _position += end + 1;
    }

    private void CloseGroup()
    {
        if (_flags.Count == 0)
        {
            throw Unsupported(_pattern, _position, "a ')' without '('");
        }

        (_isMultiline, _isSwapped) = _flags.Pop();
        _literal.Close();
        _output.Append(')');
        _position++;
    }

    private void TranslateEscape()
    {
        if (_position + 1 == _pattern.Length)
        {
            throw Unsupported(_pattern, _position, "a '\\' at the end");
        }

        char escaped = _pattern[_position + 1];
        if (escaped is >= '1' and <= '9' or 'k')
        {
            throw Unsupported(_pattern, _position, "back-references are not supported, since they cannot be matched in linear time");
        }

        if (escaped == 'Q')
        {
            int end = _pattern.IndexOf("\\E", _position, StringComparison.Ordinal);
            string quoted = end < 0 ? _pattern[(_position + 2)..] : _pattern[(_position + 2)..end];
            foreach (char character in quoted)
            {
                _literal.Add(character);
            }

            _output.Append(Regex.Escape(quoted));
            _position = end < 0 ? _pattern.Length : end + 2;
            return;
        }

        int length = RegexEscapes.Translate(_pattern, _position, isInClass: false, out string translated, out char? literal);
        if (literal is char plain)
        {
            _literal.Add(plain);
        }
        else
        {
            _literal.Break();
        }

        _output.Append(translated);
        _position += length;
    }
}
