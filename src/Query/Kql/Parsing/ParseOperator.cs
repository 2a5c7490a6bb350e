using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary><c>parse</c> and <c>parse-where</c>: <c>parse kind=regex flags=U text with * "a=" a:long " "
/// b</c>.</summary>
internal static class ParseOperator
{
    public static OperatorSyntax Parse(PipelineParser parser, Token name)
    {
        TokenCursor cursor = parser.Cursor;
        Dictionary<string, string> options = parser.ParseOptions("kind", "flags");
        ExpressionSyntax text = parser.Expressions.Parse();
        cursor.Expect("with");
        List<ParsePieceSyntax> pieces = [];
        while (!cursor.AtEnd && !cursor.Is("|") && !cursor.Is(";") && !cursor.Is(")") && !cursor.Is("}"))
        {
            pieces.Add(Piece(parser));
        }

        return pieces.Count == 0
            ? throw cursor.Unexpected("a pattern of strings, columns and '*'")
            : new ParseSyntax(name.Text, options, text, pieces, name.Span);
    }

    private static ParsePieceSyntax Piece(PipelineParser parser)
    {
        TokenCursor cursor = parser.Cursor;
        TextSpan start = cursor.Current.Span;
        if (cursor.TryTake("*"))
        {
            return new ParsePieceSyntax(null, null, null, start);
        }

        if (cursor.Current.Kind == TokenKind.String)
        {
            return new ParsePieceSyntax(cursor.Take().Text, null, null, start);
        }

        NameSyntax column = parser.Expressions.ParseName("a string, a column or '*'");
        ScalarType type = cursor.TryTake(":") ? parser.Expressions.ParseType() : ScalarType.String;
        return new ParsePieceSyntax(null, column, type, cursor.SpanFrom(start));
    }
}
