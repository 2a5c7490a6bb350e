using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>Operators that are a word and expressions.</summary>
internal static class SimpleOperators
{
    public static OperatorSyntax Where(PipelineParser parser, Token name)
    {
        parser.ParseOptions();
        return new WhereSyntax(name.Text, parser.Expressions.Parse(), name.Span);
    }

    public static OperatorSyntax Take(PipelineParser parser, Token name) =>
        new TakeSyntax(name.Text, parser.Expressions.Parse(), name.Span);

    public static OperatorSyntax Bare(PipelineParser parser, Token name)
    {
        parser.ParseOptions("kind", "decodeblocks");
        return new BareOperatorSyntax(name.Text, name.Span);
    }

    public static OperatorSyntax Count(PipelineParser parser, Token name)
    {
        if (parser.Cursor.TryTake("as"))
        {
            NameSyntax column = parser.Expressions.ParseName("a column name");
            return new ListOperatorSyntax(name.Text, [new NamedExpressionSyntax([column], column, false)], name.Span);
        }

        return new BareOperatorSyntax(name.Text, name.Span);
    }

    public static OperatorSyntax List(PipelineParser parser, Token name)
    {
        parser.ParseOptions();
        return new ListOperatorSyntax(
            name.Text,
            parser.Expressions.ParseList(parser.Expressions.ParseNamed),
            name.Span);
    }

    public static OperatorSyntax Serialize(PipelineParser parser, Token name)
    {
        parser.ParseOptions();
        TokenCursor cursor = parser.Cursor;
        bool isBare = cursor.AtEnd || cursor.Is("|") || cursor.Is(";") || cursor.Is(")") || cursor.Is("}");
        return new ListOperatorSyntax(
            name.Text,
            isBare ? [] : parser.Expressions.ParseList(parser.Expressions.ParseNamed),
            name.Span);
    }

    public static OperatorSyntax Patterns(PipelineParser parser, Token name)
    {
        List<NamedExpressionSyntax> items = parser.Expressions.ParseList(
            () => new NamedExpressionSyntax([], parser.Expressions.ParseNamePattern("a column name"), false));
        return new ListOperatorSyntax(name.Text, items, name.Span);
    }

    public static OperatorSyntax Summarize(PipelineParser parser, Token name)
    {
        parser.ParseOptions();
        TokenCursor cursor = parser.Cursor;
        List<NamedExpressionSyntax> aggregates = cursor.Is("by")
            ? []
            : parser.Expressions.ParseList(parser.Expressions.ParseNamed);
        List<NamedExpressionSyntax> keys = cursor.TryTake("by")
            ? parser.Expressions.ParseList(parser.Expressions.ParseNamed)
            : [];
        return new SummarizeSyntax(name.Text, aggregates, keys, name.Span);
    }

    public static OperatorSyntax As(PipelineParser parser, Token name)
    {
        parser.ParseOptions();
        return new AsSyntax(name.Text, parser.Expressions.ParseName("a name for the table"), name.Span);
    }

    public static OperatorSyntax Invoke(PipelineParser parser, Token name)
    {
        ExpressionSyntax operand = parser.Expressions.ParseOperand();
        return operand is CallSyntax call
            ? new InvokeSyntax(name.Text, call, name.Span)
            : throw new QueryException("syntax", "expected the call of a function, for instance f()", operand.Span);
    }
}
