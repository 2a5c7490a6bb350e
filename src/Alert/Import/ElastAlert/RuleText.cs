using System.Globalization;
using System.Text;
using Bongsu.Alert.Rules;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Writes a rule file.</summary>
internal sealed class RuleText
{
    private readonly StringBuilder _text = new();

    /// <summary>The file.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A comment, over as many lines as it needs.</summary>
    public RuleText Comment(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            _text.Append('#').Append(line.Length > 0 ? " " : "").Append(line.TrimEnd('\r').Replace('\t', ' ')).Append('\n');
        }

        return this;
    }

    /// <summary>A key with a text.</summary>
    public RuleText Key(string key, string? value)
    {
        if (value is not null)
        {
            _text.Append(key).Append(": ").Append(Scalar(value)).Append('\n');
        }

        return this;
    }

    /// <summary>A key with a number.</summary>
    public RuleText Key(string key, double? value) => value is null ? this : Plain(key, value.Value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A key with a length of time.</summary>
    public RuleText Key(string key, TimeSpan? value) => value is null ? this : Plain(key, DurationText.Format(value.Value));

    /// <summary>A key with yes or no.</summary>
    public RuleText Key(string key, bool value) => Plain(key, value ? "true" : "false");

    /// <summary>A key with a list.</summary>
    public RuleText Key(string key, IReadOnlyList<string> values) =>
        values.Count == 0 ? this : Plain(key, $"[{string.Join(", ", values.Select(Scalar))}]");

    /// <summary>A key with a list of lists.</summary>
    public RuleText Key(string key, IReadOnlyList<IReadOnlyList<string>> groups) => Plain(
        key,
        $"[{string.Join(", ", groups.Select(group => group.Count == 1 ? Scalar(group[0]) : $"[{string.Join(", ", group.Select(Scalar))}]"))}]");

    /// <summary>A key with KQL, one operator a line.</summary>
    public RuleText Query(string key, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 1 && !all[0].AsSpan().ContainsAny('\r', '\n'))
        {
            return Key(key, all[0]);
        }

        _text.Append(key).Append(": |\n");
        foreach (string line in all)
        {
            _text.Append("  ").Append(line).Append('\n');
        }

        return this;
    }

    /// <summary>A key with texts by name.</summary>
    public RuleText Texts(string key, IReadOnlyDictionary<string, string> texts)
    {
        if (texts.Count > 0)
        {
            _text.Append(key).Append(":\n");
            foreach ((string name, string text) in texts)
            {
                _text.Append("  ").Append(Scalar(name)).Append(": ").Append(Scalar(text)).Append('\n');
            }
        }

        return this;
    }

    private RuleText Plain(string key, string value)
    {
        _text.Append(key).Append(": ").Append(value).Append('\n');
        return this;
    }

    // Words stay bare; everything else is quoted, so that no sign can mean anything to YAML.
    private static string Scalar(string value)
    {
        bool isWord = value.Length > 0 && char.IsAsciiLetter(value[0])
            && value.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-')
            && value.ToLowerInvariant() is not ("true" or "false" or "yes" or "no" or "on" or "off" or "null" or "y" or "n");
        if (isWord)
        {
            return value;
        }

        var quoted = new StringBuilder("\"");
        foreach (char character in value)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\x7f' or '\x85' or '\u2028' or '\u2029' or '\ufeff' =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
