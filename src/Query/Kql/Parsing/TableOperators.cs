using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>Operators that make or combine tables: <c>range</c>, <c>datatable</c>, <c>union</c>, <c>join</c>,
/// <c>lookup</c>, <c>search</c>.</summary>
internal static class TableOperators
{
    public static OperatorSyntax Range(PipelineParser parser, Token name)
    {
        NameSyntax column = parser.Expressions.ParseName("a column name");
        parser.Cursor.Expect("from");
        ExpressionSyntax from = parser.Expressions.Parse();
        parser.Cursor.Expect("to");
        ExpressionSyntax to = parser.Expressions.Parse();
        parser.Cursor.Expect("step");
        return new RangeSyntax(name.Text, column, from, to, parser.Expressions.Parse(), name.Span);
    }

    public static OperatorSyntax Datatable(PipelineParser parser, Token name)
    {
        TokenCursor cursor = parser.Cursor;
        cursor.Expect("(");
        List<Column> columns = parser.Expressions.ParseList(() => TypedColumn(parser));
        cursor.Expect(")");
        cursor.Expect("[");
        List<ExpressionSyntax> values = [];
        while (!cursor.Is("]"))
        {
            values.Add(parser.Expressions.Parse());
            if (!cursor.TryTake(",") && !cursor.Is("]"))
            {
                throw cursor.Unexpected("',' or ']'", ",", "]");
            }
        }

        cursor.Take();
        return new DatatableSyntax(name.Text, columns, values, name.Span);
    }

    public static OperatorSyntax Union(PipelineParser parser, Token name)
    {
        Dictionary<string, string> options = parser.ParseOptions("kind", "withsource", "with_source", "isfuzzy");
        return new UnionSyntax(name.Text, options, parser.Expressions.ParseList(() => Table(parser)), name.Span);
    }

    public static OperatorSyntax Join(PipelineParser parser, Token name)
    {
        Dictionary<string, string> options = parser.ParseOptions("kind", "isfuzzy");
        ExpressionSyntax right = parser.Expressions.ParseOperand();
        List<ExpressionSyntax> conditions = [];
        if (parser.Cursor.TryTake("on"))
        {
            conditions = parser.Expressions.ParseList(parser.Expressions.Parse);
        }

        return new JoinSyntax(name.Text, options, right, conditions, name.Span);
    }

    public static OperatorSyntax Search(PipelineParser parser, Token name)
    {
        Dictionary<string, string> options = parser.ParseOptions("kind");
        List<ExpressionSyntax> tables = [];
        if (parser.Cursor.TryTake("in"))
        {
            parser.Cursor.Expect("(");
            tables = parser.Expressions.ParseList(() => Table(parser));
            parser.Cursor.Expect(")");
        }

        return new SearchSyntax(name.Text, options, tables, parser.Expressions.Parse(), name.Span);
    }

    private static Column TypedColumn(PipelineParser parser)
    {
        NameSyntax name = parser.Expressions.ParseName("a column name");
        parser.Cursor.Expect(":");
        return new Column(name.Name, parser.Expressions.ParseType());
    }

    // A table, a pattern such as `logs*`, or a query in parentheses.
    private static ExpressionSyntax Table(PipelineParser parser)
    {
        TokenCursor cursor = parser.Cursor;
        bool isPattern = cursor.Is("*")
            || (
                cursor.Current.Kind == TokenKind.Identifier
                    && cursor.Ahead(1) is { HasSpaceBefore: false } next
                    && next.Is("*"));
        return isPattern ? parser.Expressions.ParseNamePattern("a table") : parser.Expressions.ParseOperand();
    }
}
