using System.Globalization;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>print</c>, <c>range</c>, <c>datatable</c>: tables out of the query's own text.</summary>
internal static class SourceBinder
{
    public static LogicalPlan Print(OperatorContext context, LogicalPlan? input, OperatorSyntax syntax)
    {
        ExpressionBinder binder = context.Constants();
        var namer = new ColumnNamer();
        List<Column> columns = [];
        List<BoundExpression> values = [];
        foreach (NamedExpressionSyntax item in ((ListOperatorSyntax)syntax).Items)
        {
            foreach (ResultColumn result in ResultColumn.Of(item, binder))
            {
                string position = "print_" + values.Count.ToString(CultureInfo.InvariantCulture);
                bool isSeveral = item.Value is CallSyntax { Name: "array_sort_asc" or "array_sort_desc" };
                string name = isSeveral || result.Written is not null ? result.Name(namer) : namer.Suggest(position);
                columns.Add(new Column(name, result.Value.Type));
                values.Add(result.Value);
            }
        }

        // One row without columns, so that what does not fold (rand, toscalar) is computed when the query runs.
        var oneRow = new ValuesPlan(new Batch(Schema.Empty, [], 1));
        return new ProjectPlan(oneRow, values, new Schema(columns));
    }

    public static LogicalPlan Range(OperatorContext context, LogicalPlan? input, OperatorSyntax syntax)
    {
        var range = (RangeSyntax)syntax;
        ExpressionBinder binder = context.Constants();
        BoundExpression from = binder.Bind(range.From);
        BoundExpression to = binder.Bind(range.To);
        BoundExpression step = binder.Bind(range.Step);
        bool isTime = from.Type is ScalarType.DateTime or ScalarType.TimeSpan;
        ScalarType? type = isTime ? from.Type : Widest(Widest(from.Type, to.Type), step.Type);
        ScalarType? stepType = isTime ? ScalarType.TimeSpan : type;
        if (type is null || stepType is null || (isTime && to.Type != type) || (isTime && step.Type != stepType))
        {
            throw new QueryException(
                "type",
                $"range from {from.Type.Name()} to {to.Type.Name()} step {step.Type.Name()} makes no sense; all "
                + $"must be numbers, or times with a timespan as step",
                syntax.Span);
        }

        BindContext compilation = context.Compilation;
        return new RangePlan(
            new Schema([new Column(range.Column.Name, type.Value)]),
            Coercion.Cast(from, type.Value, compilation, range.From.Span),
            Coercion.Cast(to, type.Value, compilation, range.To.Span),
            Coercion.Cast(step, stepType.Value, compilation, range.Step.Span))
        { IsSerialized = true };
    }

    public static LogicalPlan Datatable(OperatorContext context, LogicalPlan? input, OperatorSyntax syntax)
    {
        var table = (DatatableSyntax)syntax;
        int width = table.Columns.Count;
        if (table.Values.Count % width != 0)
        {
            throw new QueryException(
                "argument",
                $"{table.Values.Count} values do not fill rows of {width} columns",
                syntax.Span);
        }

        var namer = new ColumnNamer();
        VectorBuilder[] builders = new VectorBuilder[width];
        for (int column = 0; column < width; column++)
        {
            namer.Write(new NameSyntax(table.Columns[column].Name, false, syntax.Span));
            builders[column] = VectorBuilder.Create(table.Columns[column].Type);
        }

        ExpressionBinder binder = context.Constants();
        for (int index = 0; index < table.Values.Count; index++)
        {
            ExpressionSyntax value = table.Values[index];
            Scalar constant = binder.BindConstant(value, "a value of a datatable");
            ScalarType type = table.Columns[index % width].Type;
            BoundExpression converted = Coercion.Cast(
                new BoundLiteral(constant),
                type,
                context.Compilation,
                value.Span);
            builders[index % width].AppendScalar(((BoundLiteral)converted).Value);
        }

        var schema = new Schema(table.Columns);
        return new ValuesPlan(
            new Batch(schema, [.. builders.Select(builder => builder.Build())], table.Values.Count / width));
    }

    private static ScalarType? Widest(ScalarType? left, ScalarType right) =>
        left is not { } known || !known.IsNumeric() || !right.IsNumeric() ? null
        : Coercion.Unify(known, right) is { } unified ? (
            unified == ScalarType.Int && known != right ? ScalarType.Long : unified)
        : null;
}
