using Bongsu.Core.Types;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;
using Bongsu.Store;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Calls: functions of the query, aggregates, the few functions that are more than a kernel, and the
/// registry's.</summary>
internal static class CallBinder
{
    private static readonly Dictionary<string, Func<ExpressionBinder, CallSyntax, BoundExpression>> s_special = new(StringComparer.Ordinal)
    {
        ["toscalar"] = ToScalar,
        ["column_ifexists"] = ColumnIfExists,
        ["columnifexists"] = ColumnIfExists,
        ["pack_all"] = PackAll,
        ["column_names_of"] = ColumnNamesOf,
        ["ingestion_time"] = IngestionTime,
        ["message_template"] = TemplateOf,
        ["message_template_id"] = TemplateOf,
        ["materialize"] = (_, call) => throw new QueryException(
            "type",
            "materialize() gives a table, not a scalar",
            call.Span),
    };

    public static BoundExpression Bind(ExpressionBinder binder, CallSyntax call)
    {
        if (call.Receiver is not null)
        {
            throw new QueryException("syntax", $"'{call.Name}' cannot be called on a value", call.NameSpan);
        }

        if (binder.Scope.Find(call.Name) is FunctionBinding function)
        {
            return binder.Tables.Functions.CallScalar(binder, function, call);
        }

        if (s_special.TryGetValue(call.Name, out Func<ExpressionBinder, CallSyntax, BoundExpression>? special))
        {
            return special(binder, call);
        }

        if (binder.Aggregates is { } aggregates && FunctionRegistry.FindAggregate(call.Name) is { } aggregate)
        {
            return aggregates.Add(aggregate, call);
        }

        if (FunctionRegistry.FindScalar(call.Name) is null)
        {
            throw Unknown(binder, call.Name, call.NameSpan);
        }

        return BindRegistered(binder, call);
    }

    private static BoundExpression BindRegistered(ExpressionBinder binder, CallSyntax call)
    {
        List<BoundExpression> arguments = [];
        List<string?> names = [];
        List<TextSpan> spans = [];
        foreach (ArgumentSyntax argument in call.Arguments)
        {
            arguments.Add(binder.Bind(argument.Value));
            names.Add(argument.Name ?? DefaultNames.Of(argument.Value));
            spans.Add(argument.Value.Span);
        }

        return binder.Call(call.Name, arguments, names, spans, call.Span);
    }

    /// <summary>The error for a function that is not there.</summary>
    public static QueryException Unknown(ExpressionBinder binder, string name, TextSpan span)
    {
        if (binder.Aggregates is null && FunctionRegistry.FindAggregate(name) is not null)
        {
            return new QueryException("argument", $"the aggregate {name}() can stand in summarize only", span);
        }

        IEnumerable<string> known = FunctionRegistry.ScalarNames.Concat(s_special.Keys).Concat(binder.Scope.AllNames);
        if (binder.Aggregates is not null)
        {
            known = known.Concat(FunctionRegistry.AggregateNames);
        }

        bool isOperator = !char.IsLetter(name[0]) && name[0] != '_';
        return new QueryException(
            "unknown_function",
            isOperator ? $"the operator '{name}' is not supported yet" : $"unknown function '{name}'",
            span)
        {
            Suggestion = isOperator ? null : Names.Nearest(name, known),
        };
    }

    private static BoundExpression ToScalar(ExpressionBinder binder, CallSyntax call)
    {
        ArgumentSyntax argument = Single(call);
        if (binder.Tables.TryBindTable(argument.Value, binder) is not { } table)
        {
            return binder.Bind(argument.Value);
        }

        return table.Schema.Count == 0
            ? throw new QueryException("type", "a table without columns has no scalar", argument.Value.Span)
            : new BoundScalarSubquery(table, table.Schema[0].Type);
    }

    private static BoundExpression ColumnIfExists(ExpressionBinder binder, CallSyntax call)
    {
        if (call.Arguments.Count != 2)
        {
            throw new QueryException("argument", $"{call.Name}() takes a column name and a default", call.Span);
        }

        Scalar name = binder.BindConstant(call.Arguments[0].Value, "the column name");
        return name.Type == ScalarType.String && binder.Row.Find(name.AsString) is { } column
            ? column
            : binder.Bind(call.Arguments[1].Value);
    }

    // The columns become arguments, behind the one that says whether nulls are left out.
    private static BoundExpression PackAll(ExpressionBinder binder, CallSyntax call)
    {
        Scalar ignoresNulls = call.Arguments.Count > 0
            ? binder.BindConstant(call.Arguments[0].Value, "whether nulls are left out")
            : Scalar.Of(false);
        List<BoundExpression> arguments = [new BoundLiteral(ignoresNulls)];
        List<string?> names = [null];
        foreach (string name in binder.Row.Names)
        {
            arguments.Add(binder.Row.Find(name)!);
            names.Add(name);
        }

        TextSpan[] spans = [.. arguments.Select(_ => call.Span)];
        return binder.Call("pack_all", arguments, names, spans, call.Span);
    }

    private static BoundExpression ColumnNamesOf(ExpressionBinder binder, CallSyntax call)
    {
        LogicalPlan table = binder.Tables.BindTable(Single(call).Value, binder);
        BoundExpression[] names = [.. table.Schema.Columns.ToArray().Select(
            column => new BoundLiteral(Scalar.Of(column.Name)))];
        return binder.Call(
            "pack_array",
            names,
            new string?[names.Length],
            [.. Enumerable.Repeat(call.Span, names.Length)],
            call.Span);
    }

    // Null where the rows are not of a table.
    private static BoundExpression IngestionTime(ExpressionBinder binder, CallSyntax call) =>
        binder.Row.Find(HiddenColumns.IngestionTime) is { } column
            ? column
            : new BoundLiteral(Scalar.Null(ScalarType.DateTime));

    // Without an argument: of the column that messages are in.
    private static BoundExpression TemplateOf(ExpressionBinder binder, CallSyntax call)
    {
        if (call.Arguments.Count > 0)
        {
            return BindRegistered(binder, call);
        }

        return binder.Row.Find(SystemColumns.Message) is { } message
            ? binder.Call(call.Name, [message], [SystemColumns.Message], [call.Span], call.Span)
            : throw new QueryException(
                "argument", $"there is no column '{SystemColumns.Message}' here; name one: {call.Name}(column)", call.Span);
    }

    private static ArgumentSyntax Single(CallSyntax call) =>
        call.Arguments.Count == 1
            ? call.Arguments[0]
            : throw new QueryException("argument", $"{call.Name}() takes one argument", call.Span);
}
