using Bongsu.Query;

namespace Bongsu.Alert.Rules;

/// <summary>Where the characters of a query are in its file.</summary>
/// <param name="Line">1-based line of the query's first character.</param>
/// <param name="Column">1-based column of it.</param>
/// <param name="LineIndent">
/// Characters cut from the front of every line (a YAML block); null where the lines of the query are not those of the
/// file.
/// </param>
internal sealed record QueryPlace(int Line, int Column, int? LineIndent)
{
    /// <summary>Line and column in the file of a place in the query's text.</summary>
    public (int Line, int Column) Find(string query, TextSpan span)
    {
        int line = 0;
        int column = 0;
        foreach (char character in query.AsSpan(0, Math.Clamp(span.Start, 0, query.Length)))
        {
            if (character == '\n')
            {
                line++;
                column = 0;
            }
            else
            {
                column++;
            }
        }

        if (LineIndent is { } indent)
        {
            return (Line + line, indent + column + 1);
        }

        return line == 0 ? (Line, Column + column) : (Line, Column);
    }
}
