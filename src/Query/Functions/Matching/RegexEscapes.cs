using System.Globalization;
using System.Text;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Escapes of RE2's syntax, in classes and outside.</summary>
internal static class RegexEscapes
{
    private static readonly Dictionary<string, string> s_scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Hangul"] = "\\u1100-\\u11FF\\u3130-\\u318F\\uA960-\\uA97F\\uAC00-\\uD7FF",
        ["Han"] = "\\u2E80-\\u2FDF\\u3005\\u3007\\u3021-\\u3029\\u3038-\\u303B\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF",
        ["Hiragana"] = "\\u3041-\\u3096\\u309D-\\u309F",
        ["Katakana"] = "\\u30A1-\\u30FA\\u30FD-\\u30FF\\u31F0-\\u31FF\\uFF66-\\uFF9D",
        ["Latin"] = "A-Za-z\\u00AA\\u00BA\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02B8\\u1E00-\\u1EFF\\uFF21-\\uFF3A\\uFF41-\\uFF5A",
        ["Greek"] = "\\u0370-\\u03FF\\u1F00-\\u1FFF",
        ["Cyrillic"] = "\\u0400-\\u052F\\u1C80-\\u1C8F\\u2DE0-\\u2DFF\\uA640-\\uA69F",
        ["Hebrew"] = "\\u0591-\\u05F4\\uFB1D-\\uFB4F",
        ["Arabic"] = "\\u0600-\\u06FF\\u0750-\\u077F\\u08A0-\\u08FF\\uFB50-\\uFDFF\\uFE70-\\uFEFC",
        ["Thai"] = "\\u0E01-\\u0E3A\\u0E40-\\u0E5B",
        ["Letter"] = "\\p{L}",
        ["Number"] = "\\p{N}",
        ["Punctuation"] = "\\p{P}",
        ["Symbol"] = "\\p{S}",
        ["Mark"] = "\\p{M}",
        ["Separator"] = "\\p{Z}",
        ["Alphabetic"] = "\\p{L}\\p{Nl}",
        ["Uppercase"] = "\\p{Lu}",
        ["Lowercase"] = "\\p{Ll}",
    };

    /// <summary>Translates the escape at a place.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="position">Of the backslash.</param>
    /// <param name="isInClass">Inside brackets.</param>
    /// <param name="translated">.NET's form.</param>
    /// <param name="literal">The one character it stands for, if it is one.</param>
    /// <returns>Characters of the pattern it took.</returns>
    public static int Translate(string pattern, int position, bool isInClass, out string translated, out char? literal)
    {
        char escaped = pattern[position + 1];
        literal = null;
        translated = "\\" + escaped;
        switch (escaped)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'b' or 'B' or 'A' or 'z':
                return 2;
            case 'n' or 'r' or 't' or 'f' or 'v':
                return 2;
            case 'a':
                translated = "\\a";
                return 2;
            case 'p' or 'P':
                return TranslateProperty(pattern, position, isInClass, out translated);
            case 'x' or 'u' or 'U':
                return TranslateCodePoint(pattern, position, isInClass, out translated);
            case '0':
                return TranslateOctal(pattern, position, out translated);
        }

        if (char.IsAsciiLetterOrDigit(escaped))
        {
            throw RegexTranslator.Unsupported(pattern, position, $"'\\{escaped}' is not supported");
        }

        literal = escaped;
        translated = escaped > 127 ? escaped.ToString() : "\\" + escaped;
        return 2;
    }

    private static int TranslateProperty(string pattern, int position, bool isInClass, out string translated)
    {
        bool isNegated = pattern[position + 1] == 'P';
        string name;
        int length;
        if (position + 2 < pattern.Length && pattern[position + 2] == '{')
        {
            int end = pattern.IndexOf('}', position);
            if (end < 0)
            {
                throw RegexTranslator.Unsupported(pattern, position, "'}' is missing");
            }

            name = pattern[(position + 3)..end];
            length = end + 1 - position;
        }
        else
        {
            name = position + 2 < pattern.Length ? pattern[position + 2].ToString() : "";
            length = 3;
        }

        isNegated ^= name.StartsWith('^');
        name = name.TrimStart('^');
        if (!s_scripts.TryGetValue(name, out string? members))
        {
            translated = $"\\{(isNegated ? 'P' : 'p')}{{{name}}}";
            return length;
        }

        if (isInClass && isNegated)
        {
            throw RegexTranslator.Unsupported(pattern, position, $"'\\P{{{name}}}' inside brackets is not supported");
        }

        translated = isInClass ? members : $"[{(isNegated ? "^" : "")}{members}]";
        return length;
    }

    private static int TranslateCodePoint(string pattern, int position, bool isInClass, out string translated)
    {
        int digits = pattern[position + 1] switch { 'x' => 2, 'u' => 4, _ => 8 };
        int start = position + 2;
        int end = start + digits;
        int next = end;
        if (start < pattern.Length && pattern[start] == '{')
        {
            start++;
            end = pattern.IndexOf('}', start);
            next = end + 1;
        }

        if (end > pattern.Length || end <= start
            || !int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
            || !Rune.IsValid(value))
        {
            throw RegexTranslator.Unsupported(pattern, position, "this is no code point");
        }

        if (isInClass && value > 0xFFFF)
        {
            throw RegexTranslator.Unsupported(pattern, position, "code points above U+FFFF inside brackets are not supported");
        }

        translated = string.Concat(new Rune(value).ToString().Select(unit => $"\\u{(int)unit:X4}"));
        return next - position;
    }

    private static int TranslateOctal(string pattern, int position, out string translated)
    {
        int end = position + 1;
        int value = 0;
        while (end < pattern.Length && end < position + 4 && pattern[end] is >= '0' and <= '7')
        {
            value = (value * 8) + pattern[end++] - '0';
        }

        translated = $"\\u{value:X4}";
        return end - position;
    }
}
