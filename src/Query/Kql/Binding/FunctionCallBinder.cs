using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Calls of functions that the query defines by <c>let</c>: arguments are bound, the body is expanded in
/// place.</summary>
internal sealed class FunctionCallBinder
{
    private readonly TableBinder _tables;

    public FunctionCallBinder(TableBinder tables)
    {
        _tables = tables;
    }

    /// <summary>A call that must give a scalar.</summary>
    public BoundExpression CallScalar(ExpressionBinder caller, FunctionBinding function, CallSyntax call) =>
        Call(caller, function, call, null) is { Scalar: { } scalar }
            ? scalar
            : throw new QueryException(
                "type",
                $"{call.Name}() gives a table; use toscalar({call.Name}(…)) for its first value",
                call.Span);

    /// <summary>A call that gives a table, or null where it gives a scalar.</summary>
    /// <param name="caller">For the arguments.</param>
    /// <param name="function">What is called.</param>
    /// <param name="call">The call.</param>
    /// <param name="input">The table before <c>invoke</c>, which becomes the first argument; or null.</param>
    public LogicalPlan? CallTable(
        ExpressionBinder caller,
        FunctionBinding function,
        CallSyntax call,
        LogicalPlan? input) =>
        Call(caller, function, call, input).Table;

    /// <summary>A function without parameters whose name stands for its table.</summary>
    public LogicalPlan CallView(ExpressionBinder caller, FunctionBinding function, TextSpan span) =>
        Call(caller, function, new CallSyntax(function.Name, [], span, span), null).Table
            ?? throw new QueryException("type", $"{function.Name}() gives a scalar, not a table", span);

    private (BoundExpression? Scalar, LogicalPlan? Table) Call(
        ExpressionBinder caller, FunctionBinding function, CallSyntax call, LogicalPlan? input)
    {
        FunctionSyntax syntax = function.Function;
        if (syntax.Body is null)
        {
            throw new QueryException("argument", $"the function {function.Name}() has no result", call.Span);
        }

        _tables.Context.EnterCall(call.Span);
        var scope = new BindScope(function.Closure);
        BindArguments(caller, syntax, call, input, scope);

        // The body sees no columns of its own, but arguments may carry those of the caller's row.
        RowScope? outerRow = _tables.CallerRow;
        _tables.CallerRow = caller.Row.Schema.Count > 0 ? caller.Row : outerRow;
        try
        {
            _tables.Statements.BindAll(syntax.Statements, scope);
            LogicalPlan? table = _tables.TryBindTable(syntax.Body, new ExpressionBinder(_tables, scope, RowScope.None));
            return table is null
                ? (
                    new ExpressionBinder(
                        _tables,
                        scope,
                        new RowScope(Schema.Empty, caller.Row.IsSerialized)).Bind(syntax.Body),
                    null)
                : (null, table);
        }
        finally
        {
            _tables.CallerRow = outerRow;
            _tables.Context.LeaveCall();
        }
    }

    private void BindArguments(
        ExpressionBinder caller,
        FunctionSyntax function,
        CallSyntax call,
        LogicalPlan? input,
        BindScope scope)
    {
        IReadOnlyList<ParameterSyntax> parameters = function.Parameters;
        if (input is not null && parameters.Count > 0)
        {
            scope.Define(parameters[0].Name, new TableBinding(CheckTable(input, parameters[0], call.Span)));
        }

        foreach (ArgumentSyntax argument in call.Arguments)
        {
            int index = argument.Name is null ? FirstOpen(parameters, scope) : IndexOf(parameters, argument.Name);
            if (index < 0 || index >= parameters.Count)
            {
                string message = argument.Name is null
                    ? $"{call.Name}() takes {parameters.Count} arguments"
                    : $"{call.Name}() has no parameter '{argument.Name}'";
                throw new QueryException("argument", message, argument.Value.Span)
                {
                    Suggestion = argument.Name is null
                        ? null
                        : Names.Nearest(argument.Name, parameters.Select(parameter => parameter.Name)),
                };
            }

            Define(caller, parameters[index], argument.Value, scope);
        }

        foreach (ParameterSyntax parameter in parameters.Where(parameter => !scope.Defines(parameter.Name)))
        {
            if (parameter.Default is null)
            {
                throw new QueryException(
                    "argument",
                    $"{call.Name}() needs an argument for '{parameter.Name}'",
                    call.Span);
            }

            Define(new ExpressionBinder(_tables, caller.Scope, RowScope.None), parameter, parameter.Default, scope);
        }
    }

    private static void Define(
        ExpressionBinder caller,
        ParameterSyntax parameter,
        ExpressionSyntax value,
        BindScope scope)
    {
        if (parameter.TableColumns is not null)
        {
            scope.Define(
                parameter.Name,
                new TableBinding(CheckTable(caller.Tables.BindTable(value, caller), parameter, value.Span)));
            return;
        }

        BoundExpression bound = Coercion.Cast(caller.Bind(value), parameter.Type, caller.Context, value.Span);
        RowScope? row = caller.Row.Schema.Count > 0 ? caller.Row : caller.Tables.CallerRow;
        scope.Define(parameter.Name, new ScalarBinding(bound, ColumnReferences.HasAny(bound) ? row : null));
    }

    private static LogicalPlan CheckTable(LogicalPlan table, ParameterSyntax parameter, TextSpan span)
    {
        foreach (Column column in parameter.TableColumns ?? [])
        {
            int index = table.Schema.IndexOf(column.Name);
            if (index < 0 || table.Schema[index].Type != column.Type)
            {
                throw new QueryException("type", $"the table for '{parameter.Name}' must have a column {column}", span);
            }
        }

        return table;
    }

    private static int FirstOpen(IReadOnlyList<ParameterSyntax> parameters, BindScope scope)
    {
        int index = 0;
        while (index < parameters.Count && scope.Defines(parameters[index].Name))
        {
            index++;
        }

        return index;
    }

    private static int IndexOf(IReadOnlyList<ParameterSyntax> parameters, string name)
    {
        for (int index = 0; index < parameters.Count; index++)
        {
            if (parameters[index].Name == name)
            {
                return index;
            }
        }

        return -1;
    }
}
