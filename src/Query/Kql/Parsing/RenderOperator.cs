using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary><c>render timechart with (title="t", ycolumns=a, b)</c>; the old form has the properties without
/// parentheses.</summary>
internal static class RenderOperator
{
    public static OperatorSyntax Parse(PipelineParser parser, Token name)
    {
        TokenCursor cursor = parser.Cursor;
        string kind = cursor.ExpectIdentifier("a kind of chart, for instance 'timechart'").Text;
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        if (cursor.TryTake("with"))
        {
            bool hasParentheses = cursor.TryTake("(");
            if (!hasParentheses || !cursor.Is(")"))
            {
                Properties(cursor, properties);
            }

            if (hasParentheses)
            {
                cursor.Expect(")");
            }
        }
        else if (cursor.Current.Kind == TokenKind.Identifier)
        {
            Properties(cursor, properties);
        }

        return new RenderSyntax(name.Text, kind, properties, name.Span);
    }

    private static void Properties(TokenCursor cursor, Dictionary<string, string> properties)
    {
        do
        {
            string name = cursor.ExpectIdentifier("a property, for instance 'title'").Text;
            if (!cursor.Is("="))
            {
                // The old form: `by x`, `kind stacked`.
                properties[name.ToLowerInvariant()] = Value(cursor);
                continue;
            }

            cursor.Take();
            string value = Value(cursor);
            while (cursor.Is(",") && !cursor.Ahead(2).Is("="))
            {
                cursor.Take();
                value += "," + Value(cursor);
            }

            properties[name.ToLowerInvariant()] = value;
            cursor.TryTake(",");
        }
        while (cursor.Current.Kind == TokenKind.Identifier);
    }

    private static string Value(TokenCursor cursor)
    {
        string sign = cursor.TryTake("-") ? "-" : "";
        if (cursor.TryTake("["))
        {
            string quoted = cursor.Take().Text;
            cursor.Expect("]");
            return quoted;
        }

        return cursor.Current.Kind is TokenKind.Identifier or TokenKind.Literal or TokenKind.String
            ? sign + cursor.Take().Text
            : throw cursor.Unexpected("a value");
    }
}
