using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;

namespace Bongsu.Query.Kql.Parsing;

/// <summary><c>mv-expand kind=array with_itemindex=i a to typeof(long), b limit 10</c>.</summary>
internal static class MvExpandOperator
{
    public static OperatorSyntax Parse(PipelineParser parser, Token name)
    {
        TokenCursor cursor = parser.Cursor;
        Dictionary<string, string> options = parser.ParseOptions("kind", "bagexpansion", "with_itemindex");
        List<ExpandedSyntax> columns = parser.Expressions.ParseList(() => Column(parser));
        ExpressionSyntax? limit = cursor.TryTake("limit") ? parser.Expressions.Parse() : null;
        return new MvExpandSyntax(name.Text, options, columns, limit, name.Span);
    }

    private static ExpandedSyntax Column(PipelineParser parser)
    {
        NamedExpressionSyntax value = parser.Expressions.ParseNamed();
        ScalarType? type = null;
        if (parser.Cursor.TryTake("to"))
        {
            TypeofSyntax named = parser.Expressions.ParseTypeof();
            type = named.Types.Count == 1
                ? named.Types[0]
                : throw new QueryException("syntax", "expected one type", named.Span);
        }

        return new ExpandedSyntax(value, type);
    }
}
