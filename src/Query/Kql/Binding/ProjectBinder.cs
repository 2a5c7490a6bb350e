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
            BoundExpression value = binder.Bind(item.Value);
            columns.Add(new Column(NameOf(item, value, namer), value.Type));
            expressions.Add(value);
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
            BoundExpression value = binder.Bind(item.Value);
            NameSyntax? name = SingleName(item);
            string column = name?.Name ?? DefaultNames.Of(item.Value) ?? namer.Suggest(null);
            if (name is not null && !written.Add(column))
            {
                throw new QueryException("name", $"column '{column}' is given twice", name.Span);
            }

            int index = columns.FindIndex(known => known.Name == column);
            if (index < 0)
            {
                columns.Add(new Column(column, value.Type));
                expressions.Add(value);
            }
            else
            {
                columns[index] = new Column(column, value.Type);
                expressions[index] = value;
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

    /// <summary>The name of a result column.</summary>
    public static string NameOf(NamedExpressionSyntax item, BoundExpression value, ColumnNamer namer)
    {
        if (SingleName(item) is { } written)
        {
            return namer.Write(written);
        }

        if (value is BoundColumn column)
        {
            bool isAttribute = item.Value is MemberSyntax or IndexSyntax && column.Name.Contains('.', StringComparison.Ordinal);
            if (item.Value is NameSyntax name && name.Name == column.Name)
            {
                return namer.Write(name);
            }

            if (isAttribute || item.Value is CallSyntax { Name: "column_ifexists" or "columnifexists" })
            {
                return namer.Suggest(column.Name);
            }
        }

        return namer.Suggest(DefaultNames.Of(item.Value));
    }
}
