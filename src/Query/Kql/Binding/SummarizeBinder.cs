using Bongsu.Core.Types;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>summarize</c>, <c>distinct</c>, <c>count</c>: groups and aggregates.</summary>
internal static class SummarizeBinder
{
    public static LogicalPlan Summarize(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var summarize = (SummarizeSyntax)syntax;
        ExpressionBinder rows = context.Over(input);
        var namer = new ColumnNamer();
        List<Column> columns = [];
        List<BoundExpression> keys = [];
        foreach (NamedExpressionSyntax item in summarize.Keys)
        {
            AddKey(rows, item, namer, columns, keys);
        }

        if (summarize.Aggregates.Count == 0 && summarize.Keys.Count == 0)
        {
            throw new QueryException("syntax", "summarize needs an aggregate or 'by'", syntax.Span);
        }

        var collector = new AggregateCollector(rows, keys);
        var over = new ExpressionBinder(
            context.Tables,
            context.Scope,
            new RowScope(Schema.Empty))
        { Aggregates = collector };
        List<BoundExpression> results = [.. keys.Select(
            (key, index) => new BoundColumn(index, columns[index].Name, key.Type))];
        foreach (NamedExpressionSyntax item in summarize.Aggregates)
        {
            AddAggregate(over, collector, item, namer, columns, results);
        }

        SummarizePlan plan = Aggregate(input, keys, collector.Aggregates) with { KeepsTimestamp = context.Compilation.Options.KeepsTimestamp };
        return Finish(plan, columns, results);
    }

    public static LogicalPlan Distinct(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        input = HiddenColumns.Remove(input);
        ExpressionBinder rows = context.Over(input);
        var namer = new ColumnNamer();
        List<Column> columns = [];
        List<BoundExpression> keys = [];
        foreach (NamedExpressionSyntax item in ((ListOperatorSyntax)syntax).Items)
        {
            if (item.Value is WildcardSyntax)
            {
                keys.AddRange(ProjectBinder.Columns(input));
                columns.AddRange(input.Schema.Columns);
                namer.Take(input.Schema);
                continue;
            }

            AddKey(rows, item, namer, columns, keys);
        }

        return new SummarizePlan(input, keys, [], new Schema(columns));
    }

    public static LogicalPlan Count(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        string name = syntax is ListOperatorSyntax list ? list.Items[0].Names[0].Name : "Count";
        AggregateFunction count = FunctionRegistry.FindAggregate("count")
            ?? throw new QueryException("unsupported", "count is not supported yet", syntax.Span);
        var aggregate = new BoundAggregate("count", count.Bind([]), []);
        return new SummarizePlan(input, [], [aggregate], new Schema([new Column(name, ScalarType.Long)]));
    }

    /// <summary>A table of one row and one column: the list of a column's values.</summary>
    public static LogicalPlan ListOf(ExpressionBinder binder, LogicalPlan table, BoundColumn column, TextSpan span)
    {
        AggregateFunction list = FunctionRegistry.FindAggregate("make_list")
            ?? throw new QueryException("unsupported", "a table as a list of terms is not supported yet", span);
        AggregateKernel kernel = list.Bind([new ScalarArgument(column.Type, null, column.Name)]);
        BoundExpression argument = Coercion.Cast(column, kernel.ParameterTypes[0], binder.Context, span);
        return new SummarizePlan(
            table,
            [],
            [new BoundAggregate("make_list", kernel, [argument])],
            new Schema([new Column(kernel.Outputs[0].DefaultName, ScalarType.Dynamic)]));
    }

    private static void AddKey(
        ExpressionBinder rows, NamedExpressionSyntax item, ColumnNamer namer, List<Column> columns, List<BoundExpression> keys)
    {
        foreach (ResultColumn key in ResultColumn.Of(item, rows))
        {
            columns.Add(new Column(ProjectBinder.NameOf(item, key, namer), key.Value.Type));
            keys.Add(key.Value);
        }
    }

    private static void AddAggregate(
        ExpressionBinder over,
        AggregateCollector collector,
        NamedExpressionSyntax item,
        ColumnNamer namer,
        List<Column> columns,
        List<BoundExpression> results)
    {
        int before = collector.Aggregates.Count;
        BoundExpression result = over.Bind(item.Value);
        bool isPlain = item.Value is CallSyntax
            && collector.Aggregates.Count == before + 1
            && result is BoundColumn column
            && column.Index == collector.LastColumn;
        if (!isPlain)
        {
            if (item.Names.Count > 1)
            {
                throw new QueryException(
                    "argument",
                    "several names on the left need an aggregate of several results",
                    item.Span);
            }

            string name = item.Names.Count == 1
                ? namer.Write(item.Names[0])
                : namer.Suggest(NameThrough(item.Value, result));
            columns.Add(new Column(name, result.Type));
            results.Add(result);
            return;
        }

        IReadOnlyList<AggregateOutput> outputs = collector.Aggregates[^1].Kernel.Outputs;
        if (item.Names.Count > outputs.Count)
        {
            throw new QueryException("argument", $"{item.Names.Count} names for {outputs.Count} results", item.Span);
        }

        for (int output = 0; output < outputs.Count; output++)
        {
            string name = output < item.Names.Count
                ? namer.Write(item.Names[output])
                : namer.Suggest(outputs[output].DefaultName);
            columns.Add(new Column(name, outputs[output].Type));
            results.Add(new BoundColumn(collector.LastColumn + output, name, outputs[output].Type));
        }
    }

    // `toint(avg(x))` is named avg_x: some functions pass names on.
    private static string? NameThrough(ExpressionSyntax syntax, BoundExpression result)
    {
        while (syntax is CallSyntax { Arguments.Count: > 0 } call && DefaultNames.PassesOn(call.Name))
        {
            syntax = call.Arguments[0].Value;
            result = result is BoundCall { Arguments.Count: > 0 } bound ? bound.Arguments[0] : result;
        }

        return result is BoundColumn column ? column.Name : null;
    }

    private static SummarizePlan Aggregate(LogicalPlan input, List<BoundExpression> keys, IReadOnlyList<BoundAggregate> aggregates)
    {
        IEnumerable<ScalarType> types = keys.Select(key => key.Type)
            .Concat(aggregates.SelectMany(aggregate => aggregate.Kernel.Outputs).Select(output => output.Type));
        return new SummarizePlan(input, keys, aggregates, new Schema(types.Select((type, index) => new Column($"${index}", type))));
    }

    // The projection on top is needed only where aggregates stand inside other expressions.
    private static LogicalPlan Finish(SummarizePlan summarize, List<Column> columns, List<BoundExpression> results)
    {
        var schema = new Schema(columns);
        bool isDirect = results.Count == summarize.Schema.Count
            && results.Select((result, index) => result is BoundColumn column && column.Index == index).All(same => same);
        return isDirect ? summarize with { Schema = schema } : new ProjectPlan(summarize, results, schema);
    }
}
