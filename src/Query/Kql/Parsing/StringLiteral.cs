using System.Globalization;
using System.Text;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>The forms of string literals: <c>"a"</c>, <c>'a'</c> (with escapes), <c>@"a"</c> (verbatim, quotes
/// doubled), <c>```a```</c> and <c>~~~a~~~</c> (raw), each also behind <c>h</c>.</summary>
internal static class StringLiteral
{
    /// <summary>Reads a literal.</summary>
    /// <param name="text">The query.</param>
    /// <param name="quote">Position of its first quote (behind <c>h</c> and <c>@</c>).</param>
    /// <param name="position">Its start; moved behind it.</param>
    /// <param name="span">Where it stands.</param>
    public static string Read(string text, int quote, ref int position, out TextSpan span)
    {
        int start = position;
        char mark = text[quote];
        string value;
        if (mark is '`' or '~')
        {
            string fence = new(mark, 3);
            int end = text.IndexOf(fence, quote + 3, StringComparison.Ordinal);
            if (end < 0)
            {
                throw Unclosed(start, text.Length, fence);
            }

            value = text[(quote + 3)..end];
            position = end + 3;
        }
        else
        {
            bool isVerbatim = quote > 0 && text[quote - 1] == '@';
            position = quote + 1;
            value = isVerbatim
                ? ReadVerbatim(text, mark, start, ref position)
                : ReadEscaped(text, mark, start, ref position);
        }

        span = new TextSpan(start, position - start);
        return value;
    }

    private static string ReadVerbatim(string text, char mark, int start, ref int position)
    {
        var value = new StringBuilder();
        for (; position < text.Length; position++)
        {
            if (text[position] != mark)
            {
                value.Append(text[position]);
            }
            else if (position + 1 < text.Length && text[position + 1] == mark)
            {
                value.Append(mark);
                position++;
            }
            else
            {
                position++;
                return value.ToString();
            }
        }

        throw Unclosed(start, text.Length, mark.ToString());
    }

    private static string ReadEscaped(string text, char mark, int start, ref int position)
    {
        var value = new StringBuilder();
        while (position < text.Length)
        {
            char met = text[position];
            if (met == mark)
            {
                position++;
                return value.ToString();
            }

            if (met is '\n' or '\r')
            {
                throw Unclosed(start, position, mark.ToString());
            }

            if (met == '\\')
            {
                ReadEscape(text, ref position, value);
            }
            else
            {
                value.Append(met);
                position++;
            }
        }

        throw Unclosed(start, text.Length, mark.ToString());
    }

    private static void ReadEscape(string text, ref int position, StringBuilder value)
    {
        char code = position + 1 < text.Length ? text[position + 1] : '\0';
        int digits = code switch { 'u' => 4, 'U' => 8, 'x' => 2, _ => 0 };
        if (digits > 0)
        {
            if (position + 2 + digits > text.Length
                || !int.TryParse(
                    text.AsSpan(position + 2, digits),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out int point)
                || point > 0x10FFFF || point < 0)
            {
                throw BadEscape(text, position);
            }

            value.Append(
                point is >= 0xD800 and <= 0xDFFF || point <= 0xFFFF
                    ? ((char)point).ToString()
                    : char.ConvertFromUtf32(point));
            position += 2 + digits;
            return;
        }

        if (code is >= '0' and <= '7')
        {
            int number = 0;
            position++;
            for (int taken = 0; taken < 3
                && position < text.Length
                && text[position] is >= '0' and <= '7'; taken++, position++)
            {
                number = (number * 8) + (text[position] - '0');
            }

            value.Append((char)number);
            return;
        }

        value.Append(code switch
        {
            '\\' => '\\',
            '"' => '"',
            '\'' => '\'',
            '`' => '`',
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' =>
                '\a',
            'b' =>
                '\b',
            'f' =>
                '\f',
            'v' =>
                '\v',
            _ => throw BadEscape(text, position),
        });
        position += 2;
    }

    private static QueryException BadEscape(string text, int position) =>
        new(
            "syntax",
            $"unknown escape '{text.AsSpan(position, Math.Min(2, text.Length - position))}' in a string; write "
            + $"'\\\\' for a backslash, or @\"…\" for text without escapes",
            new TextSpan(position, Math.Min(2, text.Length - position)));

    private static QueryException Unclosed(int start, int end, string mark) =>
        new("syntax", $"the string has no closing {mark}", new TextSpan(start, end - start)) { Expected = [mark] };
}
