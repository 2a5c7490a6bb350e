using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>sort</c>, <c>top</c>, <c>take</c>.</summary>
internal static class SortBinder
{
    public static LogicalPlan Sort(OperatorContext context, LogicalPlan input, OperatorSyntax syntax) =>
        new SortPlan(input, Keys(context, input, (SortSyntax)syntax)) { IsSerialized = true };

    public static LogicalPlan Top(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var top = (SortSyntax)syntax;
        long count = Count(context, top.Count!);
        return new TopPlan(input, count, Keys(context, input, top)) { IsSerialized = true };
    }

    public static LogicalPlan Take(OperatorContext context, LogicalPlan input, OperatorSyntax syntax) =>
        new TakePlan(input, Count(context, ((TakeSyntax)syntax).Count));

    private static long Count(OperatorContext context, ExpressionSyntax syntax)
    {
        Scalar count = context.Constants().BindConstant(syntax, "the number of rows");
        return count.Value switch
        {
            long rows when count.Type == ScalarType.Long && rows >= 0 => rows,
            int rows when rows >= 0 => rows,
            _ => throw new QueryException(
                "type",
                "the number of rows must be an integer that is not negative",
                syntax.Span),
        };
    }

    private static List<SortKey> Keys(OperatorContext context, LogicalPlan input, SortSyntax sort)
    {
        ExpressionBinder binder = context.Over(input);
        List<SortKey> keys = [];
        foreach (OrderedSyntax item in sort.Keys)
        {
            BoundExpression key = binder.Bind(item.Value.Value);
            bool isDescending = item.Direction != "asc";
            keys.Add(new SortKey(key, isDescending, item.NullsFirst ?? !isDescending));
        }

        return keys;
    }
}
