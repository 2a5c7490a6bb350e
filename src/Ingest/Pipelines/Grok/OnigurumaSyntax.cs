using System.Text;

namespace Bongsu.Ingest.Pipelines.Grok;

/// <summary>Copies regular expressions piece by piece, spelling Oniguruma's (doc/RE, version 6) as .NET does.</summary>
internal static class OnigurumaSyntax
{
    private static readonly (string Posix, string Class)[] s_posix =
    [
        ("[:alnum:]", "a-zA-Z0-9"), ("[:alpha:]", "a-zA-Z"), ("[:digit:]", "0-9"), ("[:upper:]", "A-Z"), ("[:lower:]", "a-z"),
        ("[:space:]", @"\s"), ("[:xdigit:]", "0-9a-fA-F"), ("[:word:]", @"\w"), ("[:blank:]", @" \t"), ("[:cntrl:]", @"\x00-\x1F\x7F"),
        ("[:punct:]", @"!-/:-@\[-`{-~"), ("[:print:]", @"\x20-\x7E"), ("[:graph:]", @"\x21-\x7E"),
    ];

    /// <summary>Copies one piece: a character, an escape, a class, the opening of a group, or a quantifier.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="at">Where the piece begins.</param>
    /// <param name="output">Gets the piece.</param>
    /// <param name="newGroup">Gives the name of a group for a field.</param>
    /// <returns>Where the next piece begins.</returns>
    public static int Copy(string text, int at, StringBuilder output, Func<string, string> newGroup)
    {
        switch (text[at])
        {
            case '\\' when at + 1 < text.Length:
                output.Append(text[at + 1] switch
                {
                    'h' => "[0-9a-fA-F]",
                    'H' => "[^0-9a-fA-F]",
                    'R' => @"(?:\r\n|[\n\r])",
                    var escaped => "\\" + escaped,
                });
                return at + 2;
            case '[':
                return CopyClass(text, at, output);
            case '(' when IsNamedGroup(text, at):
                int close = text.IndexOf('>', at);
                if (close < 0)
                {
                    throw new FormatException("the name of a group has no '>'");
                }

                output.Append("(?<").Append(newGroup(text[(at + 3)..close])).Append('>');
                return close + 1;
            case '+' when at > 0 && text[at - 1] is '*' or '+' or '?' && !IsEscaped(text, at - 1):
                // x*+ takes what it can and gives nothing back.
                WrapAtom(output, "(?>", ")");
                return at + 1;
            case '*' when at > 1 && text[at - 1] is '?' or '*' && !IsEscaped(text, at - 1) && text[at - 2] != '(':
                // x?* is allowed there: any number of times, perhaps nothing.
                WrapAtom(output, "(?:", ")*");
                return at + 1;
            default:
                output.Append(text[at]);
                return at + 1;
        }
    }

    private static bool IsNamedGroup(string text, int at) =>
        at + 3 < text.Length && text[at + 1] == '?' && text[at + 2] == '<' && text[at + 3] is not ('=' or '!');

    private static bool IsEscaped(string text, int at)
    {
        int slashes = 0;
        while (at - 1 - slashes >= 0 && text[at - 1 - slashes] == '\\')
        {
            slashes++;
        }

        return (slashes & 1) == 1;
    }

    private static int CopyClass(string text, int at, StringBuilder output)
    {
        int start = at;
        output.Append('[');
        at++;
        if (at < text.Length && text[at] == '^')
        {
            output.Append('^');
            at++;
        }

        for (bool isFirst = true; at < text.Length; isFirst = false)
        {
            if (text[at] == ']' && !isFirst)
            {
                output.Append(']');
                return at + 1;
            }

            at = CopyMember(text, at, output);
        }

        throw new FormatException($"'{text[start..]}' has no closing bracket");
    }

    private static int CopyMember(string text, int at, StringBuilder output)
    {
        if (text[at] == '[')
        {
            foreach ((string posix, string members) in s_posix)
            {
                if (string.CompareOrdinal(text, at, posix, 0, posix.Length) == 0)
                {
                    output.Append(members);
                    return at + posix.Length;
                }
            }

            // A bare bracket would be a subtraction behind a dash.
            output.Append(@"\[");
            return at + 1;
        }

        if (text[at] == '\\' && at + 1 < text.Length)
        {
            output.Append(text[at + 1] == 'h' ? "0-9a-fA-F" : text.Substring(at, 2));
            return at + 2;
        }

        output.Append(text[at] == ']' ? @"\]" : text[at].ToString());
        return at + 1;
    }

    // Puts a group around the last atom and its quantifier. The atom is found by its brackets.
    private static void WrapAtom(StringBuilder output, string opening, string closing)
    {
        string before = output.ToString();
        int atom = before.Length - 2;
        if (atom >= 0 && before[atom] is ')' or ']' && !IsEscaped(before, atom))
        {
            (char open, char close) = before[atom] == ')' ? ('(', ')') : ('[', ']');
            for (int depth = 0; atom >= 0; atom--)
            {
                if (IsEscaped(before, atom))
                {
                    continue;
                }

                depth += before[atom] == close ? 1 : before[atom] == open ? -1 : 0;
                if (depth == 0)
                {
                    break;
                }
            }
        }
        else if (atom >= 1 && IsEscaped(before, atom))
        {
            atom--;
        }

        output.Insert(Math.Max(atom, 0), opening).Append(closing);
    }
}
