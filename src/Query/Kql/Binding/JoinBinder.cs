using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>join</c> and <c>lookup</c>.</summary>
internal static class JoinBinder
{
    private static readonly Dictionary<string, JoinKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["innerunique"] = JoinKind.InnerUnique,
        ["inner"] = JoinKind.Inner,
        ["leftouter"] = JoinKind.LeftOuter,
        ["rightouter"] = JoinKind.RightOuter,
        ["fullouter"] = JoinKind.FullOuter,
        ["leftsemi"] = JoinKind.LeftSemi,
        ["rightsemi"] = JoinKind.RightSemi,
        ["leftanti"] = JoinKind.LeftAnti,
        ["anti"] = JoinKind.LeftAnti,
        ["leftantisemi"] = JoinKind.LeftAnti,
        ["rightanti"] = JoinKind.RightAnti,
        ["rightantisemi"] = JoinKind.RightAnti,
    };

    public static LogicalPlan Join(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var join = (JoinSyntax)syntax;
        JoinKind kind = KindOf(join, "innerunique", s_kinds.Keys);
        return Bind(context, input, join, kind, isLookup: false);
    }

    public static LogicalPlan Lookup(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var join = (JoinSyntax)syntax;
        JoinKind kind = KindOf(join, "leftouter", ["leftouter", "inner"]);
        return Bind(context, input, join, kind, isLookup: true);
    }

    private static JoinKind KindOf(JoinSyntax join, string fallback, IEnumerable<string> allowed)
    {
        string kind = join.Options.GetValueOrDefault("kind", fallback);
        return allowed.Contains(kind)
            ? s_kinds[kind]
            : throw new QueryException("argument", $"unknown kind of {join.Name} '{kind}'", join.Span)
            {
                Expected = [.. allowed],
                Suggestion = Names.Nearest(kind, allowed),
            };
    }

    private static LogicalPlan Bind(
        OperatorContext context,
        LogicalPlan left,
        JoinSyntax join,
        JoinKind kind,
        bool isLookup)
    {
        LogicalPlan right = context.Tables.BindTable(join.Right, context.Constants());
        if (join.Conditions.Count == 0)
        {
            throw new QueryException(
                "syntax",
                $"{join.Name} needs a condition: on column, or on $left.a == $right.b",
                join.Span)
            { Expected = ["on"] };
        }

        var keys = new JoinConditions(
            new ExpressionBinder(context.Tables, context.Scope, new RowScope(left.Schema, alias: "$left")),
            new ExpressionBinder(context.Tables, context.Scope, new RowScope(right.Schema, alias: "$right")));
        foreach (ExpressionSyntax condition in join.Conditions)
        {
            keys.Add(condition);
        }

        if (kind is JoinKind.LeftSemi or JoinKind.LeftAnti)
        {
            return new JoinPlan(left, right, kind, keys.Left, keys.Right, left.Schema);
        }

        if (kind is JoinKind.RightSemi or JoinKind.RightAnti)
        {
            return new JoinPlan(left, right, kind, keys.Left, keys.Right, right.Schema);
        }

        HashSet<int> dropped = isLookup ? keys.RightColumns : [];
        var namer = new ColumnNamer();
        namer.Take(left.Schema);
        string?[] names = new string?[right.Schema.Count];
        for (int column = 0; column < names.Length; column++)
        {
            names[column] = dropped.Contains(column) ? null : namer.Suggest(right.Schema[column].Name);
        }

        List<Column> columns = [.. left.Schema.Columns];
        for (int column = 0; column < names.Length; column++)
        {
            columns.Add(
                new Column(names[column] ?? namer.Suggest("$" + right.Schema[column].Name), right.Schema[column].Type));
        }

        var joined = new JoinPlan(left, right, kind, keys.Left, keys.Right, new Schema(columns));
        return dropped.Count == 0 ? joined : Drop(joined, [.. dropped.Select(column => left.Schema.Count + column)]);
    }

    private static ProjectPlan Drop(LogicalPlan joined, HashSet<int> dropped)
    {
        List<BoundExpression> columns = ProjectBinder.Columns(joined);
        columns.RemoveAll(column => dropped.Contains(((BoundColumn)column).Index));
        return new ProjectPlan(
            joined,
            columns,
            new Schema(columns.Select(column => new Column(((BoundColumn)column).Name, column.Type))));
    }
}
