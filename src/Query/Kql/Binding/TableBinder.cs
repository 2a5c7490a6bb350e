using Bongsu.Core.Types;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Table queries: names, calls and pipelines to plans.</summary>
internal sealed class TableBinder
{
    public TableBinder(BindContext context)
    {
        Context = context;
        Functions = new FunctionCallBinder(this);
        Statements = new StatementBinder(this);
    }

    public BindContext Context { get; }

    public FunctionCallBinder Functions { get; }

    public StatementBinder Statements { get; }

    /// <summary>The row whose columns may be inside the arguments of the function that is being expanded.</summary>
    public RowScope? CallerRow { get; set; }

    /// <summary>Binds what must be a table.</summary>
    public LogicalPlan BindTable(ExpressionSyntax syntax, ExpressionBinder caller)
    {
        if (TryBindTable(syntax, caller) is { } plan)
        {
            return plan;
        }

        if (syntax is NameSyntax name)
        {
            throw UnknownTable(name.Name, caller.Scope, name.Span);
        }

        if (syntax is CallSyntax { Receiver: null } call
            && caller.Scope.Find(call.Name) is null
            && FunctionRegistry.FindScalar(call.Name) is null)
        {
            throw new QueryException("unknown_function", $"unknown function '{call.Name}'", call.NameSpan)
            {
                Suggestion = Names.Nearest(call.Name, caller.Scope.AllNames),
            };
        }

        throw new QueryException("type", "expected a table, met a scalar", syntax.Span);
    }

    /// <summary>Binds a table, or gives null where the expression is a scalar.</summary>
    public LogicalPlan? TryBindTable(ExpressionSyntax syntax, ExpressionBinder caller)
    {
        switch (syntax)
        {
            case PipelineSyntax pipeline:
                return BindPipeline(pipeline, caller);
            case NameSyntax name when caller.Row.Find(name.Name) is null || name.IsQuoted:
                return TryBindName(name, caller);
            case CallSyntax { Receiver: null } call:
                return TryBindCall(call, caller);
            case CallSyntax { Receiver: { } receiver } other when IsDatabase(receiver):
                throw Elsewhere(other.Span);
            case MemberSyntax member when IsDatabase(member.Target):
                throw Elsewhere(member.Span);
            default:
                return null;
        }
    }

    /// <summary>The error for a table that is not there.</summary>
    public QueryException UnknownTable(string name, BindScope scope, TextSpan span)
    {
        string[] known = [.. Context.Catalog.TableNames];
        return new QueryException("unknown_table", $"unknown table '{name}'", span)
        {
            Expected = [.. known.Take(20)],
            Suggestion = Names.Nearest(name, known.Concat(scope.AllNames)),
        };
    }

    /// <summary>A stored table, or null.</summary>
    public ScanPlan? TryScan(string name)
    {
        if (Context.Catalog.FindTable(name) is not { } schema)
        {
            return null;
        }

        CompileOptions options = Context.Options;
        bool isTimed = schema.IndexOf("timestamp") is >= 0 and var index && schema[index].Type == ScalarType.DateTime;
        schema = Context.NeedsIngestionTime ? HiddenColumns.Add(schema) : schema;
        return new ScanPlan(
            name,
            schema,
            null,
            isTimed ? options.FromTicks : long.MinValue,
            isTimed ? options.ToTicks : long.MaxValue);
    }

    private LogicalPlan? TryBindName(NameSyntax name, ExpressionBinder caller) => caller.Scope.Find(name.Name) switch
    {
        TableBinding table => table.Plan,
        FunctionBinding { Function.Parameters.Count: 0 } function => Functions.CallView(caller, function, name.Span),
        null => TryScan(name.Name),
        _ => null,
    };

    private LogicalPlan? TryBindCall(CallSyntax call, ExpressionBinder caller)
    {
        if (caller.Scope.Find(call.Name) is FunctionBinding function)
        {
            return Functions.CallTable(caller, function, call, null);
        }

        switch (call.Name)
        {
            case "materialize" or "view":
                return call.Arguments.Count == 1
                    ? BindTable(call.Arguments[0].Value, new ExpressionBinder(this, caller.Scope, RowScope.None))
                    : throw new QueryException("argument", $"{call.Name}() takes one table", call.Span);
            case "table" when call.Arguments.Count > 0:
                Scalar name = caller.BindConstant(call.Arguments[0].Value, "the name of a table");
                string text = name.Type == ScalarType.String ? name.AsString : "";
                return TryScan(text) ?? throw UnknownTable(text, caller.Scope, call.Arguments[0].Value.Span);
            case "database" or "cluster" or "external_table" or "materialized_view" or "graph":
                throw call.Name is "database" or "cluster"
                    ? Elsewhere(call.Span)
                    : new QueryException("unsupported", $"{call.Name}() is not supported yet", call.Span);
            default:
                return null;
        }
    }

    private LogicalPlan BindPipeline(PipelineSyntax pipeline, ExpressionBinder caller)
    {
        // A query inside an expression does not see the row around it.
        RowScope? callerRow = CallerRow;
        CallerRow = null;
        try
        {
            var scope = new BindScope(caller.Scope);
            LogicalPlan? plan = pipeline.Source is null
                ? null
                : BindTable(pipeline.Source, new ExpressionBinder(this, scope, RowScope.None));
            foreach (OperatorSyntax step in pipeline.Operators)
            {
                plan = OperatorBinders.Bind(new OperatorContext(this, scope, pipeline.Source), plan, step);
            }

            return plan!;
        }
        finally
        {
            CallerRow = callerRow;
        }
    }

    private static bool IsDatabase(ExpressionSyntax syntax) => syntax is CallSyntax { Name: "database" or "cluster" };

    private static QueryException Elsewhere(TextSpan span) =>
        new("unsupported", "tables of another database or cluster cannot be read; name the table alone", span);
}
