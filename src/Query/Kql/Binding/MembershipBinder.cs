using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>in</c>, <c>has_any</c>, <c>has_all</c> and their like: lists, one dynamic array, or the first column of
/// a table.</summary>
internal static class MembershipBinder
{
    /// <summary>Most values in a list.</summary>
    private const int MaxValues = 1_000_000;

    public static BoundExpression Bind(ExpressionBinder binder, ListSyntax list)
    {
        if (list.Items.Count > MaxValues)
        {
            throw new QueryException("limit", $"more than {MaxValues} values in a list", list.Span);
        }

        if (list.Value is WildcardSyntax)
        {
            throw new QueryException(
                "unsupported",
                $"'* {list.Operator}' is not supported yet; name the column",
                list.Span);
        }

        BoundExpression value = binder.Bind(list.Value);
        if (list.Items.Count == 1 && binder.Tables.TryBindTable(list.Items[0], binder) is { } table)
        {
            return BindTable(binder, list, value, table);
        }

        if (list.Items.Count == 0)
        {
            return new BoundLiteral(Scalar.Of(list.Operator[0] == '!' || list.Operator == "has_all"));
        }

        List<BoundExpression> arguments = [value];
        List<string?> names = [DefaultNames.Of(list.Value)];
        List<TextSpan> spans = [list.Value.Span];
        foreach (ExpressionSyntax item in list.Items)
        {
            arguments.Add(binder.Bind(item));
            names.Add(DefaultNames.Of(item));
            spans.Add(item.Span);
        }

        return binder.Call(list.Operator, arguments, names, spans, list.Span);
    }

    private static BoundExpression BindTable(
        ExpressionBinder binder,
        ListSyntax list,
        BoundExpression value,
        LogicalPlan table)
    {
        TextSpan span = list.Items[0].Span;
        if (table.Schema.Count == 0)
        {
            throw new QueryException("type", "a table without columns has no values to look in", span);
        }

        ScalarType type = table.Schema[0].Type;
        var first = new BoundColumn(0, table.Schema[0].Name, type);
        if (list.Operator is "has_any" or "has_all")
        {
            // The values become one dynamic array, computed once.
            LogicalPlan listed = SummarizeBinder.ListOf(binder, table, first, span);
            var array = new BoundScalarSubquery(listed, ScalarType.Dynamic);
            return binder.Call(
                list.Operator,
                [value, array],
                [DefaultNames.Of(list.Value), null],
                [list.Value.Span, span],
                list.Span);
        }

        ScalarType unified = Coercion.Unify(value.Type, type)
            ?? throw new QueryException(
                "type",
                $"a {value.Type.Name()} cannot be looked for in a column of {type.Name()}",
                list.Span);
        BoundExpression element = Coercion.Cast(first, unified, binder.Context, span);
        var projected = new ProjectPlan(table, [element], new Schema([new Column(first.Name, unified)]));
        return new BoundInSubquery(
            Coercion.Cast(value, unified, binder.Context, list.Value.Span),
            projected,
            list.Operator.EndsWith('~'),
            list.Operator[0] == '!');
    }
}
