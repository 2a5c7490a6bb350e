using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>let</c>, <c>declare query_parameters</c> and <c>set</c>.</summary>
internal sealed class StatementBinder
{
    private readonly TableBinder _tables;

    public StatementBinder(TableBinder tables)
    {
        _tables = tables;
    }

    /// <summary>Binds statements that are not queries, in order.</summary>
    public void BindAll(IReadOnlyList<StatementSyntax> statements, BindScope scope)
    {
        foreach (StatementSyntax statement in statements)
        {
            switch (statement)
            {
                case LetSyntax let:
                    BindLet(let, scope);
                    break;
                case DeclareParametersSyntax declare:
                    BindParameters(declare, scope);
                    break;
                case UnsupportedStatementSyntax unsupported:
                    throw new QueryException(
                        "unsupported",
                        $"'{unsupported.Name}' is not supported yet",
                        unsupported.Span);
                case QuerySyntax query:
                    throw new QueryException(
                        "unsupported",
                        "one query at a time; several queries separated by ';' are not supported yet",
                        query.Span);
                default:
                    break;
            }
        }
    }

    private void BindLet(LetSyntax let, BindScope scope)
    {
        string name = let.Name.Name;
        if (scope.Defines(name))
        {
            throw new QueryException("name", $"'{name}' is defined twice", let.Name.Span);
        }

        if (let.Value is FunctionSyntax function)
        {
            scope.Define(name, new FunctionBinding(name, function, scope));
            return;
        }

        if (let.Value is NameSyntax alias && scope.Find(alias.Name) is FunctionBinding same)
        {
            scope.Define(name, same);
            return;
        }

        var binder = new ExpressionBinder(_tables, scope, RowScope.None);
        if (_tables.TryBindTable(let.Value, binder) is { } table)
        {
            scope.Define(name, new TableBinding(table));
            return;
        }

        BoundExpression value = binder.Bind(let.Value);
        scope.Define(name, new ScalarBinding(value, ColumnReferences.HasAny(value) ? _tables.CallerRow : null));
    }

    private void BindParameters(DeclareParametersSyntax declare, BindScope scope)
    {
        foreach (ParameterSyntax parameter in declare.Parameters)
        {
            var binder = new ExpressionBinder(_tables, scope, RowScope.None);
            BoundExpression value = _tables.Context.Options.Parameters.TryGetValue(parameter.Name, out Scalar given)
                ? new BoundLiteral(given)
                : parameter.Default is { } fallback
                    ? binder.Bind(fallback)
                    : throw new QueryException(
                        "argument",
                        $"the parameter '{parameter.Name}' was given no value and has no default",
                        parameter.Span);
            value = Coercion.Cast(value, parameter.Type, _tables.Context, parameter.Span);
            if (value is BoundLiteral { Value.IsNull: true } && given.Value is not null)
            {
                throw new QueryException(
                    "argument",
                    $"the value of the parameter '{parameter.Name}' is not a {parameter.Type.Name()}",
                    parameter.Span);
            }

            scope.Define(parameter.Name, new ScalarBinding(value, null));
        }
    }
}
