using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>project</c>, <c>extend</c>, <c>serialize</c>: computed columns.</summary>
internal static class ProjectBinder
{
    public static LogicalPlan Project(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var list = (ListOperatorSyntax)syntax;
        ExpressionBinder binder = context.Over(input);
        var namer = new ColumnNamer();
        List<Column> columns = [];
        List<BoundExpression> expressions = [];
        foreach (NamedExpressionSyntax item in list.Items)
        {
            foreach (ResultColumn column in ResultColumn.Of(item, binder))
            {
                columns.Add(new Column(NameOf(item, column, namer), column.Value.Type));
                expressions.Add(column.Value);
            }
        }

        return new ProjectPlan(input, expressions, new Schema(columns));
    }

    public static LogicalPlan Extend(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var list = (ListOperatorSyntax)syntax;
        ExpressionBinder binder = context.Over(input);
        List<Column> columns = [.. input.Schema.Columns];
        List<BoundExpression> expressions = Columns(input);
        var namer = new ColumnNamer();
        namer.Take(input.Schema);
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach (NamedExpressionSyntax item in list.Items)
        {
            foreach (ResultColumn result in ResultColumn.Of(item, binder))
            {
                string column = result.Written?.Name ?? result.Suggested ?? namer.Suggest(null);
                if (result.Written is { } name && !written.Add(column))
                {
                    throw new QueryException("name", $"column '{column}' is given twice", name.Span);
                }

                Put(new Column(column, result.Value.Type), result.Value, columns, expressions);
            }
        }

        return new ProjectPlan(input, expressions, new Schema(columns));
    }

    public static LogicalPlan Serialize(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var list = (ListOperatorSyntax)syntax;
        LogicalPlan serialized = input with { IsSerialized = true };
        return list.Items.Count == 0 ? serialized : Extend(context, serialized, syntax) with { IsSerialized = true };
    }

    /// <summary>All columns of an input, as expressions.</summary>
    public static List<BoundExpression> Columns(LogicalPlan input)
    {
        List<BoundExpression> columns = new(input.Schema.Count);
        for (int column = 0; column < input.Schema.Count; column++)
        {
            columns.Add(new BoundColumn(column, input.Schema[column].Name, input.Schema[column].Type));
        }

        return columns;
    }

    /// <summary>The written name of an item, or null; lists of names belong to functions of several results.</summary>
    public static NameSyntax? SingleName(NamedExpressionSyntax item) =>
        item.Names.Count > 1
            ? throw new QueryException(
                "unsupported",
                "several names on the left need a function of several results, which are not supported here yet",
                item.Span)
            : item.Names.Count == 1 ? item.Names[0] : null;

    /// <summary>The name of a result column; one that only repeats a column may occur once.</summary>
    public static string NameOf(NamedExpressionSyntax item, ResultColumn result, ColumnNamer namer) =>
        result.Written is null && item.Value is NameSyntax name && result.Value is BoundColumn column && column.Name == name.Name
            ? namer.Write(name)
            : result.Name(namer);

    private static void Put(Column column, BoundExpression value, List<Column> columns, List<BoundExpression> expressions)
    {
        int index = columns.FindIndex(known => known.Name == column.Name);
        if (index < 0)
        {
            columns.Add(column);
            expressions.Add(value);
        }
        else
        {
            columns[index] = column;
            expressions[index] = value;
        }
    }
}
