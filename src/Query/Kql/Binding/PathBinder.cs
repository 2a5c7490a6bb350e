using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Names and paths: <c>a</c>, <c>a.b</c>, <c>a["b"]</c>, <c>a[0]</c>, and stored attribute columns whose names
/// hold dots.</summary>
internal static class PathBinder
{
    /// <summary>Binds a name or a path.</summary>
    public static BoundExpression Bind(ExpressionBinder binder, ExpressionSyntax syntax)
    {
        List<ExpressionSyntax> steps = [];
        ExpressionSyntax target = syntax;
        while (target is MemberSyntax or IndexSyntax)
        {
            steps.Add(target);
            target = target is MemberSyntax member ? member.Target : ((IndexSyntax)target).Target;
        }

        steps.Reverse();
        int used = 0;
        BoundExpression value = target is NameSyntax name
            ? BindBase(binder, name, steps, ref used)
            : binder.Bind(target);
        for (; used < steps.Count; used++)
        {
            value = Step(binder, value, steps[used]);
        }

        return value;
    }

    // Takes as many steps as belong to the name: `$left.x`, and `http.status` where that is one column.
    private static BoundExpression BindBase(
        ExpressionBinder binder,
        NameSyntax name,
        List<ExpressionSyntax> steps,
        ref int used)
    {
        RowScope row = binder.Row;
        if (name.Name is "$left" or "$right" && !name.IsQuoted)
        {
            if (row.Alias != name.Name || steps.Count == 0 || StepName(steps[0]) is not { } side)
            {
                throw new QueryException(
                    "unknown_name",
                    $"'{name.Name}' has its meaning only in the condition of a join, as {name.Name}.column",
                    name.Span);
            }

            used = 1;
            int taken = 0;
            BoundExpression column = BindColumn(row, side, steps.GetRange(1, steps.Count - 1), ref taken)
                ?? throw Unknown(binder, new NameSyntax(side, false, steps[0].Span));
            used += taken;
            return column;
        }

        return BindColumn(row, name.Name, steps, ref used) ?? BindScalar(binder, name);
    }

    private static BoundColumn? BindColumn(RowScope row, string name, List<ExpressionSyntax> steps, ref int used)
    {
        BoundColumn? column = row.Find(name);
        if (column is not null && (steps.Count == 0 || column.Type == ScalarType.Dynamic))
        {
            return column;
        }

        string path = name;
        BoundColumn? dotted = null;
        for (int step = 0; step < steps.Count && StepName(steps[step]) is { } next; step++)
        {
            path += "." + next;
            if (row.Find(path) is { } found)
            {
                dotted = found;
                used = step + 1;
            }
        }

        return dotted ?? column;
    }

    private static BoundExpression BindScalar(ExpressionBinder binder, NameSyntax name)
    {
        switch (binder.Scope.Find(name.Name))
        {
            case ScalarBinding scalar:
                return scalar.Row is null
                    || ReferenceEquals(scalar.Row, binder.Row)
                    || ReferenceEquals(scalar.Row, binder.Tables.CallerRow)
                    ? scalar.Value
                    : throw new QueryException(
                        "argument", $"'{name.Name}' depends on a row of another query; only a value that is the "
                        + "same for all rows can be used here", name.Span);
            case TableBinding:
                throw new QueryException(
                    "type",
                    $"'{name.Name}' is a table; use toscalar({name.Name}) for its first value",
                    name.Span);
            case FunctionBinding:
                throw new QueryException(
                    "type",
                    $"'{name.Name}' is a function; write {name.Name}(…) to call it",
                    name.Span);
            default:
                return binder.Context.Options.Parameters.TryGetValue(name.Name, out Scalar parameter)
                    ? new BoundLiteral(parameter)
                    : throw Unknown(binder, name);
        }
    }

    private static BoundExpression Step(ExpressionBinder binder, BoundExpression target, ExpressionSyntax step)
    {
        if (step is MemberSyntax { Name: var key } member)
        {
            Require(target, member.Target.Span);
            TextSpan place = member.Span;
            return binder.Call("[]", [target, new BoundLiteral(Scalar.Of(key))], [null, null], [place, place], place);
        }

        var index = (IndexSyntax)step;
        Require(target, index.Target.Span);
        return binder.Call(
            "[]",
            [target, binder.Bind(index.Index)],
            [null, null],
            [index.Target.Span, index.Index.Span],
            index.Span);
    }

    private static void Require(BoundExpression target, TextSpan span)
    {
        if (target.Type != ScalarType.Dynamic)
        {
            throw new QueryException(
                "type",
                $"only a dynamic has properties, this is a {target.Type.Name()}; use parse_json(…) on text",
                span);
        }
    }

    private static string? StepName(ExpressionSyntax step) => step switch
    {
        MemberSyntax member => member.Name,
        IndexSyntax { Index: LiteralSyntax { Value: { Type: ScalarType.String } text } } => text.AsString,
        _ => null,
    };

    /// <summary>The error for a name that is not there.</summary>
    public static QueryException Unknown(ExpressionBinder binder, NameSyntax name)
    {
        string prefix = name.Name + ".";
        string[] dotted = [.. binder.Row.Names.Where(
            column => column.StartsWith(prefix, StringComparison.Ordinal)).Take(5)];
        if (dotted.Length > 0)
        {
            return new QueryException(
                "unknown_name",
                $"there is no column '{name.Name}', only columns below it: {string.Join(", ", dotted)}",
                name.Span)
            {
                Expected = dotted,
                Suggestion = dotted[0],
            };
        }

        return new QueryException("unknown_name", $"unknown name '{name.Name}'", name.Span)
        {
            Expected = [.. binder.Row.Names.Take(20)],
            Suggestion = Names.Nearest(name.Name, binder.Row.Names.Concat(binder.Scope.AllNames)),
        };
    }
}
