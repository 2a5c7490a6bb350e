using Bongsu.Query;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

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

    /// <summary>Where a text of a file is.</summary>
    /// <param name="node">The text.</param>
    /// <param name="file">All of the file.</param>
    public static QueryPlace Of(YamlScalarNode node, string file)
    {
        int line = (int)node.Start.Line;
        int column = (int)node.Start.Column;
        if (node.Style != ScalarStyle.Literal)
        {
            return new QueryPlace(line, node.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? column + 1 : column, null);
        }

        int start = AfterLine(file, (int)node.Start.Index);
        while (start < file.Length && LineAt(file, start).IsWhiteSpace())
        {
            start = AfterLine(file, start);
        }

        ReadOnlySpan<char> first = LineAt(file, start);
        int indent = first.Length - first.TrimStart(' ').Length;
        return new QueryPlace(line + 1, indent + 1, indent);
    }

    private static ReadOnlySpan<char> LineAt(string file, int start)
    {
        ReadOnlySpan<char> rest = file.AsSpan(start);
        int end = rest.IndexOf('\n');
        return end < 0 ? rest : rest[..end];
    }

    private static int AfterLine(string file, int at)
    {
        int end = at >= file.Length ? -1 : file.IndexOf('\n', at);
        return end < 0 ? file.Length : end + 1;
    }
}
