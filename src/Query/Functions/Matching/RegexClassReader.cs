using System.Text;

namespace Bongsu.Query.Functions.Matching;

/// <summary>Reads one bracketed class, with named classes, nested classes and set operations, into .NET's
/// notation.</summary>
/// <remarks>
/// .NET has subtraction only: <c>a&amp;&amp;[^b]</c> and <c>a--[b]</c> become <c>a-[b]</c>, <c>a&amp;&amp;[b]</c>
/// becomes
/// <c>a-[^b]</c>.
/// </remarks>
internal sealed class RegexClassReader
{
    private static readonly Dictionary<string, string> s_posix = new(StringComparer.Ordinal)
    {
        ["alpha"] = "a-zA-Z",
        ["digit"] = "0-9",
        ["alnum"] = "0-9A-Za-z",
        ["upper"] = "A-Z",
        ["lower"] = "a-z",
        ["space"] = "\\t-\\r ",
        ["blank"] = "\\t ",
        ["punct"] = "!-/:-@\\[-`{-~",
        ["xdigit"] = "0-9A-Fa-f",
        ["word"] = "0-9A-Za-z_",
        ["cntrl"] = "\\x00-\\x1F\\x7F",
        ["print"] = " -~",
        ["graph"] = "!-~",
        ["ascii"] = "\\x00-\\x7F",
    };

    private readonly string _pattern;

    public RegexClassReader(string pattern, int position)
    {
        _pattern = pattern;
        Position = position;
    }

    /// <summary>The place behind what was read.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the class that begins here.</summary>
    public string Read()
    {
        (string items, bool isNegated, string subtracted) = ReadClass();
        return $"[{(isNegated ? "^" : "")}{items}{(subtracted.Length > 0 ? "-" + subtracted : "")}]";
    }

    private (string Items, bool IsNegated, string Subtracted) ReadClass()
    {
        int start = Position++;
        bool isNegated = Peek("^");
        Position += isNegated ? 1 : 0;
        var items = new StringBuilder();
        string subtracted = "";
        if (Peek("]"))
        {
            items.Append("\\]");
            Position++;
        }

        while (true)
        {
            if (Position >= _pattern.Length)
            {
                throw RegexTranslator.Unsupported(_pattern, start, "the '[' is not closed");
            }

            if (Peek("]"))
            {
                Position++;
                return (items.ToString(), isNegated, subtracted);
            }

            if (Peek("&&[") || Peek("--["))
            {
                if (isNegated || subtracted.Length > 0)
                {
                    throw RegexTranslator.Unsupported(_pattern, Position, "set operations in a negated class, or several, are not supported");
                }

                bool isIntersection = Peek("&&[");
                Position += 2;
                subtracted = ReadSubtracted(isIntersection);
                continue;
            }

            ReadItem(items);
        }
    }

    private string ReadSubtracted(bool isIntersection)
    {
        (string items, bool isNegated, string inner) = ReadClass();
        if (inner.Length > 0)
        {
            throw RegexTranslator.Unsupported(_pattern, Position - 1, "nested set operations are not supported");
        }

        return $"[{(isNegated != isIntersection ? "^" : "")}{items}]";
    }

    private void ReadItem(StringBuilder items)
    {
        char next = _pattern[Position];
        if (Peek("[:"))
        {
            ReadPosix(items);
        }
        else if (next == '[')
        {
            // A nested class without negation is part of the union.
            int start = Position;
            (string nested, bool isNegated, string subtracted) = ReadClass();
            if (isNegated || subtracted.Length > 0)
            {
                throw RegexTranslator.Unsupported(_pattern, start, "a negated class inside a class is not supported");
            }

            items.Append(nested);
        }
        else if (next == '\\' && Position + 1 < _pattern.Length)
        {
            Position += RegexEscapes.Translate(_pattern, Position, isInClass: true, out string translated, out _);
            items.Append(translated);
        }
        else
        {
            bool isLiteralHyphen = next == '-' && (items.Length == 0 || Position + 1 < _pattern.Length && _pattern[Position + 1] == ']');
            items.Append(isLiteralHyphen ? "\\-" : next.ToString());
            Position++;
        }
    }

    private void ReadPosix(StringBuilder items)
    {
        int end = _pattern.IndexOf(":]", Position, StringComparison.Ordinal);
        string name = end < 0 ? "" : _pattern[(Position + 2)..end];
        if (!s_posix.TryGetValue(name.TrimStart('^'), out string? members) || name.StartsWith('^'))
        {
            throw RegexTranslator.Unsupported(_pattern, Position, $"the class [:{name}:] is not known");
        }

        items.Append(members);
        Position = end + 2;
    }

    private bool Peek(string text) => string.CompareOrdinal(_pattern, Position, text, 0, text.Length) == 0;
}
