using System.Buffers;
using System.Collections.Frozen;
using Bongsu.Core.Templates;

namespace Bongsu.Core.Patterns;

/// <summary>Cuts a template's text into words and marks.</summary>
internal static class AtomReader
{
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n=:,;()[]{}\"'|<>");

    private static readonly FrozenSet<string> s_dateNames = FrozenSet.ToFrozenSet(
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun".Split(' '));

    /// <summary>The atoms of a template.</summary>
    public static List<Atom> Read(Template template)
    {
        string text = template.ToString();
        var atoms = new List<Atom>();
        bool isSpaced = false;
        for (int position = 0; position < text.Length;)
        {
            int end = EndOfWord(text, position);
            if (end == position)
            {
                char mark = text[position++];
                if (char.IsWhiteSpace(mark))
                {
                    isSpaced = true;
                    continue;
                }

                atoms.Add(new Atom(mark.ToString(), AtomKind.Mark, isSpaced));
            }
            else
            {
                atoms.Add(MakeWord(text[position..end], isSpaced));
                position = end;
            }

            isSpaced = false;
        }

        return atoms;
    }

    private static int EndOfWord(string text, int position)
    {
        while (position < text.Length)
        {
            if (text.AsSpan(position).StartsWith(Atom.VariableText))
            {
                position += Atom.VariableText.Length;
            }
            else if (s_ends.Contains(text[position]))
            {
                break;
            }
            else
            {
                position++;
            }
        }

        return position;
    }

    private static Atom MakeWord(string word, bool isSpaced)
    {
        // "threshold.......0": a table for people.
        int dots = word.IndexOf("..", StringComparison.Ordinal);
        word = dots > 0 && char.IsLetter(word[0]) ? word[..dots] : word;
        bool isVariable = word.Contains(Atom.VariableText, StringComparison.Ordinal) || s_dateNames.Contains(word) ||
            !word.AsSpan().ContainsAnyExceptInRange('0', '9') || IsDottedName(word);
        return isVariable
            ? new Atom(Atom.VariableText, AtomKind.Variable, isSpaced)
            : new Atom(word, AtomKind.Word, isSpaced);
    }

    // The name of a host or package: at least three parts, all lower case.
    private static bool IsDottedName(string word) =>
        word.AsSpan().Count('.') >= 2 && char.IsAsciiLetter(word[0]) && char.IsAsciiLetter(word[^1]) &&
        !word.Contains("..", StringComparison.Ordinal) && !word.AsSpan().ContainsAnyInRange('A', 'Z');
}
