using Bongsu.Core.Types;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>The aggregate calls of one <c>summarize</c>; each call is seen by the expression around it as columns of
/// the result.</summary>
internal sealed class AggregateCollector
{
    private readonly ExpressionBinder _rows;
    private readonly HashSet<int> _keyColumns;
    private readonly List<BoundAggregate> _aggregates = [];
    private int _nextColumn;

    /// <summary>Collects.</summary>
    /// <param name="rows">Binds arguments over the input's rows.</param>
    /// <param name="keys">Group keys: their columns are not part of <c>*</c>.</param>
    public AggregateCollector(ExpressionBinder rows, IReadOnlyList<BoundExpression> keys)
    {
        _rows = rows;
        _keyColumns = [.. keys.OfType<BoundColumn>().Select(column => column.Index)];
        _nextColumn = keys.Count;
    }

    public IReadOnlyList<BoundAggregate> Aggregates => _aggregates;

    /// <summary>The first output of the call added last.</summary>
    public int LastColumn { get; private set; }

    /// <summary>Adds a call.</summary>
    /// <returns>Its first output.</returns>
    public BoundExpression Add(AggregateFunction function, CallSyntax call)
    {
        List<BoundExpression> arguments = [];
        List<string?> names = [];
        List<TextSpan> spans = [];
        foreach (ArgumentSyntax argument in call.Arguments)
        {
            if (argument.Value is WildcardSyntax)
            {
                AddAllColumns(call, arguments, names, spans);
                continue;
            }

            arguments.Add(_rows.Bind(argument.Value));
            names.Add(argument.Name ?? DefaultNames.Of(argument.Value));
            spans.Add(argument.Value.Span);
        }

        AggregateKernel kernel = Bind(function, call, arguments, names, spans);
        var converted = new BoundExpression[kernel.ParameterTypes.Count];
        for (int index = 0; index < converted.Length; index++)
        {
            converted[index] = Coercion.Cast(
                arguments[index],
                kernel.ParameterTypes[index],
                _rows.Context,
                spans[index]);
        }

        _aggregates.Add(new BoundAggregate(call.Name, kernel, converted));
        LastColumn = _nextColumn;
        _nextColumn += kernel.Outputs.Count;
        return new BoundColumn(LastColumn, kernel.Outputs[0].DefaultName, kernel.Outputs[0].Type);
    }

    private static AggregateKernel Bind(
        AggregateFunction function, CallSyntax call, List<BoundExpression> arguments, List<string?> names, List<TextSpan> spans)
    {
        try
        {
            return function.Bind(ExpressionBinder.Describe(arguments, names));
        }
        catch (FunctionException error)
        {
            bool isArgument = error.ArgumentIndex >= 0 && error.ArgumentIndex < spans.Count;
            throw new QueryException("argument", error.Message, isArgument ? spans[error.ArgumentIndex] : call.Span);
        }
    }

    // `*` is all columns but group keys and those named before it.
    private void AddAllColumns(
        CallSyntax call,
        List<BoundExpression> arguments,
        List<string?> names,
        List<TextSpan> spans)
    {
        if (call.Name is "count" or "dcount")
        {
            return;
        }

        HashSet<int> named = [.. arguments.OfType<BoundColumn>().Select(column => column.Index)];
        for (int column = 0; column < _rows.Row.Schema.Count; column++)
        {
            if (!_keyColumns.Contains(column) && !named.Contains(column))
            {
                Column source = _rows.Row.Schema[column];
                arguments.Add(new BoundColumn(column, source.Name, source.Type));
                names.Add(source.Name);
                spans.Add(call.Span);
            }
        }
    }
}
