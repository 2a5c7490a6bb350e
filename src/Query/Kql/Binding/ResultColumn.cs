using System.Globalization;
using Bongsu.Core.Types;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>One column that an item of a projection gives.</summary>
/// <param name="Written">The name the query gives, or null.</param>
/// <param name="Suggested">The name it gets where the query gives none; null for a counted one.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct ResultColumn(NameSyntax? Written, string? Suggested, BoundExpression Value)
{
    /// <summary>The columns of an item: one, or those of a function of several results.</summary>
    public static IReadOnlyList<ResultColumn> Of(NamedExpressionSyntax item, ExpressionBinder binder)
    {
        BoundExpression value = binder.Bind(item.Value);
        if (item.Value is CallSyntax { Name: "array_sort_asc" or "array_sort_desc" } sort)
        {
            return Sorted(item, sort, value, binder);
        }

        if (item.Value is CallSyntax call && binder.Scope.Find(call.Name) is null &&
            FunctionRegistry.FindScalar(call.Name) is { ResultParts.Count: > 0 } function)
        {
            return Parts(item, call, function, value, binder);
        }

        if (item.Names.Count > 1)
        {
            throw new QueryException("argument", "several names on the left need a function of several results", item.Span);
        }

        NameSyntax? written = item.Names.Count == 1 ? item.Names[0] : null;
        return [new ResultColumn(written, Suggest(item.Value, value), value)];
    }

    /// <summary>The name that goes into the result.</summary>
    public string Name(ColumnNamer namer) => Written is { } name ? namer.Write(name) : namer.Suggest(Suggested);

    private static string? Suggest(ExpressionSyntax syntax, BoundExpression value)
    {
        bool isColumn = value is BoundColumn column
            && ((syntax is MemberSyntax or IndexSyntax && column.Name.Contains('.', StringComparison.Ordinal))
                || syntax is CallSyntax { Name: "column_ifexists" or "columnifexists" });
        return isColumn ? ((BoundColumn)value).Name : DefaultNames.Of(syntax);
    }

    // f(x): a column for each result, called f_x_part where the query gives no name.
    private static List<ResultColumn> Parts(
        NamedExpressionSyntax item, CallSyntax call, ScalarFunction function, BoundExpression value, ExpressionBinder binder)
    {
        if (item.Names.Count > function.ResultParts.Count)
        {
            throw new QueryException("argument", $"{item.Names.Count} names for {function.ResultParts.Count} results", item.Span);
        }

        string? argument = call.Arguments.Count > 0 ? DefaultNames.Of(call.Arguments[0].Value) : null;
        string prefix = argument is null ? function.Name : $"{function.Name}_{argument}";
        List<ResultColumn> columns = [];
        for (int index = 0; index < function.ResultParts.Count; index++)
        {
            columns.Add(new ResultColumn(
                index < item.Names.Count ? item.Names[index] : null,
                $"{prefix}_{function.ResultParts[index]}",
                ElementOf(value, index, call.Span, binder)));
        }

        return columns;
    }

    private static BoundExpression ElementOf(BoundExpression array, int index, TextSpan span, ExpressionBinder binder) =>
        binder.Call("[]", [array, new BoundLiteral(Scalar.Of((long)index))], [null, null], [span, span], span);

    // array_sort_*(a, b, …, nulls_last): every array sorted along the first, each a column of its own.
    private static List<ResultColumn> Sorted(
        NamedExpressionSyntax item, CallSyntax sort, BoundExpression value, ExpressionBinder binder)
    {
        List<ArgumentSyntax> arrays = [.. sort.Arguments];
        if (arrays.Count > 1 && binder.Bind(arrays[^1].Value).Type == ScalarType.Bool)
        {
            arrays.RemoveAt(arrays.Count - 1);
        }

        if (item.Names.Count > arrays.Count)
        {
            throw new QueryException("argument", $"{item.Names.Count} names for {arrays.Count} results", item.Span);
        }

        List<ResultColumn> columns = [];
        for (int index = 0; index < arrays.Count; index++)
        {
            BoundExpression one = arrays.Count == 1 ? value : ElementOf(value, index, sort.Span, binder);
            string array = DefaultNames.Of(arrays[index].Value) ?? "array" + index.ToString(CultureInfo.InvariantCulture);
            columns.Add(new ResultColumn(index < item.Names.Count ? item.Names[index] : null, array + "_sorted", one));
        }

        return columns;
    }
}
