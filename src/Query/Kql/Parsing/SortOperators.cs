using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary><c>sort</c>, <c>top</c> and <c>project-reorder</c>: lists with directions.</summary>
internal static class SortOperators
{
    public static OperatorSyntax Sort(PipelineParser parser, Token name)
    {
        parser.ParseOptions();
        parser.Cursor.Expect("by");
        return new SortSyntax(name.Text, null, parser.Expressions.ParseList(() => Key(parser)), name.Span);
    }

    public static OperatorSyntax Top(PipelineParser parser, Token name)
    {
        parser.ParseOptions();
        ExpressionSyntax count = parser.Expressions.Parse();
        parser.Cursor.Expect("by");
        parser.ParseOptions();
        return new SortSyntax(name.Text, count, parser.Expressions.ParseList(() => Key(parser)), name.Span);
    }

    public static OperatorSyntax Reorder(PipelineParser parser, Token name) =>
        new ReorderSyntax(
            name.Text,
            parser.Expressions.ParseList(() =>
            {
                var item = new NamedExpressionSyntax([], parser.Expressions.ParseNamePattern("a column name"), false);
                return new OrderedSyntax(item, Direction(parser.Cursor, mayBeGranny: true), null);
            }),
            name.Span);

    private static OrderedSyntax Key(PipelineParser parser)
    {
        NamedExpressionSyntax value = parser.Expressions.ParseNamed();
        TokenCursor cursor = parser.Cursor;
        string? direction = Direction(cursor, mayBeGranny: false);
        bool? nullsFirst = null;
        if (cursor.TryTake("nulls"))
        {
            nullsFirst = cursor.TryTake("first")
                ? true
                : cursor.TryTake("last")
                ? false
                : throw cursor.Unexpected("'first' or 'last'", "first", "last");
        }

        return new OrderedSyntax(value, direction, nullsFirst);
    }

    private static string? Direction(TokenCursor cursor, bool mayBeGranny)
    {
        if (cursor.Is("asc") || cursor.Is("desc"))
        {
            return cursor.Take().Text;
        }

        if (mayBeGranny
            && cursor.Is("granny")
            && cursor.Ahead(1).Is("-")
            && (cursor.Ahead(2).Is("asc") || cursor.Ahead(2).Is("desc")))
        {
            cursor.Take();
            cursor.Take();
            return "granny-" + cursor.Take().Text;
        }

        return null;
    }
}
