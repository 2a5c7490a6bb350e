using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>project-away</c>, <c>-keep</c>, <c>-rename</c>, <c>-reorder</c>: columns as they are, fewer, renamed or
/// in another order.</summary>
internal static class ColumnListBinder
{
    public static LogicalPlan Away(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        HashSet<int> away = [.. ((ListOperatorSyntax)syntax).Items.SelectMany(
            item => Matches(context, input, item.Value))];
        return Select(input, [.. Enumerable.Range(0, input.Schema.Count).Where(column => !away.Contains(column))]);
    }

    public static LogicalPlan Keep(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        HashSet<int> keep = [.. ((ListOperatorSyntax)syntax).Items.SelectMany(
            item => Matches(context, input, item.Value))];
        return Select(input, [.. keep.Order()]);
    }

    public static LogicalPlan Rename(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        string[] names = [.. input.Schema.Columns.ToArray().Select(column => column.Name)];
        foreach (NamedExpressionSyntax item in ((ListOperatorSyntax)syntax).Items)
        {
            NameSyntax name = ProjectBinder.SingleName(item)
                ?? throw new QueryException("syntax", "expected new = old", item.Span);
            names[Find(context, input, item.Value)] = name.Name;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !seen.Add(name)) is { } twice)
        {
            throw new QueryException("name", $"there would be two columns '{twice}'", syntax.Span);
        }

        List<BoundExpression> columns = ProjectBinder.Columns(input);
        return new ProjectPlan(
            input,
            columns,
            new Schema(columns.Select((column, index) => new Column(names[index], column.Type))));
    }

    public static LogicalPlan Reorder(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        List<int> order = [];
        foreach (OrderedSyntax item in ((ReorderSyntax)syntax).Items)
        {
            List<int> matched = Matches(context, input, item.Value.Value);
            Comparison<string>? comparison = item.Direction switch
            {
                "asc" => string.CompareOrdinal,
                "desc" => (left, right) => string.CompareOrdinal(right, left),
                "granny-asc" => NaturalOrder.Compare,
                "granny-desc" => (left, right) => NaturalOrder.Compare(right, left),
                _ => null,
            };
            if (comparison is not null)
            {
                matched.Sort((left, right) => comparison(input.Schema[left].Name, input.Schema[right].Name));
            }

            order.AddRange(matched.Where(column => !order.Contains(column)).ToArray());
        }

        order.AddRange(Enumerable.Range(0, input.Schema.Count).Where(column => !order.Contains(column)).ToArray());
        return Select(input, order);
    }

    private static ProjectPlan Select(LogicalPlan input, List<int> columns) =>
        new(
            input,
            [.. columns.Select(
                column => new BoundColumn(column, input.Schema[column].Name, input.Schema[column].Type))],
            new Schema(columns.Select(column => input.Schema[column])));

    private static List<int> Matches(OperatorContext context, LogicalPlan input, ExpressionSyntax pattern)
    {
        if (pattern is not WildcardSyntax wildcard)
        {
            return [Find(context, input, pattern)];
        }

        List<int> matched = [];
        for (int column = 0; column < input.Schema.Count; column++)
        {
            if (Names.Matches(input.Schema[column].Name, wildcard.Pattern))
            {
                matched.Add(column);
            }
        }

        return matched;
    }

    private static int Find(OperatorContext context, LogicalPlan input, ExpressionSyntax syntax)
    {
        if (syntax is NameSyntax name)
        {
            return input.Schema.IndexOf(name.Name) is >= 0 and var index
                ? index
                : throw PathBinder.Unknown(context.Over(input), name);
        }

        return context.Over(input).Bind(syntax) is BoundColumn column
            ? column.Index
            : throw new QueryException("argument", "expected a column", syntax.Span);
    }
}
