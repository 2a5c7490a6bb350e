using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>mv-expand</c>.</summary>
internal static class MvExpandBinder
{
    public static LogicalPlan Bind(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var expand = (MvExpandSyntax)syntax;
        string kind = expand.Options.GetValueOrDefault("kind")
            ?? expand.Options.GetValueOrDefault("bagexpansion", "bag");
        if (kind is not ("bag" or "array"))
        {
            throw new QueryException(
                "argument",
                $"unknown kind of mv-expand '{kind}'",
                syntax.Span)
            { Expected = ["bag", "array"] };
        }

        ExpressionBinder binder = context.Over(input);
        List<Column> columns = [.. input.Schema.Columns];
        List<MvExpandColumn> expanded = [];
        foreach (ExpandedSyntax item in expand.Columns)
        {
            BoundExpression array = binder.Bind(item.Value.Value);
            if (array.Type != ScalarType.Dynamic)
            {
                throw new QueryException(
                    "type",
                    $"mv-expand takes a dynamic, met a {array.Type.Name()}; use parse_json(…) or split(…)",
                    item.Value.Value.Span);
            }

            NameSyntax? written = ProjectBinder.SingleName(item.Value);
            string? name = written?.Name ?? (array as BoundColumn)?.Name ?? DefaultNames.Of(item.Value.Value);
            name ??= Unused(columns);
            var column = new Column(name, item.Type ?? ScalarType.Dynamic);
            int index = columns.FindIndex(known => known.Name == name);
            if (index < 0)
            {
                index = columns.Count;
                columns.Add(column);
            }
            else
            {
                columns[index] = column;
            }

            expanded.Add(new MvExpandColumn(array, index));
        }

        int itemIndex = -1;
        if (expand.Options.TryGetValue("with_itemindex", out string? indexName))
        {
            itemIndex = columns.FindIndex(known => known.Name == indexName);
            if (itemIndex < 0)
            {
                itemIndex = columns.Count;
                columns.Add(default);
            }

            columns[itemIndex] = new Column(indexName, ScalarType.Long);
        }

        return new MvExpandPlan(
            input,
            expanded,
            itemIndex,
            kind == "array",
            Limit(context, expand),
            new Schema(columns));
    }

    private static long Limit(OperatorContext context, MvExpandSyntax expand)
    {
        if (expand.Limit is null)
        {
            return long.MaxValue;
        }

        Scalar limit = context.Constants().BindConstant(expand.Limit, "the limit");
        return limit is { Type: ScalarType.Long, Value: long count } && count >= 0
            ? count
            : throw new QueryException("type", "the limit must be an integer that is not negative", expand.Limit.Span);
    }

    private static string Unused(List<Column> columns)
    {
        var namer = new ColumnNamer();
        namer.Take(new Schema(columns));
        return namer.Suggest(null);
    }
}
