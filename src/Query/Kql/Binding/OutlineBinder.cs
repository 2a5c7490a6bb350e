using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>Operators about the query rather than its rows: <c>getschema</c>, <c>consume</c>, <c>as</c>, <c>invoke</c>,
/// <c>render</c>.</summary>
internal static class OutlineBinder
{
    private static readonly Dictionary<ScalarType, string> s_systemTypes = new()
    {
        [ScalarType.Bool] = "System.SByte",
        [ScalarType.Int] = "System.Int32",
        [ScalarType.Long] = "System.Int64",
        [ScalarType.Real] = "System.Double",
        [ScalarType.Decimal] = "System.Data.SqlTypes.SqlDecimal",
        [ScalarType.String] = "System.String",
        [ScalarType.DateTime] = "System.DateTime",
        [ScalarType.TimeSpan] = "System.TimeSpan",
        [ScalarType.Guid] = "System.Guid",
        [ScalarType.Dynamic] = "System.Object",
    };

    public static LogicalPlan GetSchema(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        input = HiddenColumns.Remove(input);
        VectorBuilder[] builders =
        [
            VectorBuilder.Create(ScalarType.String), VectorBuilder.Create(ScalarType.Long),
            VectorBuilder.Create(ScalarType.String), VectorBuilder.Create(ScalarType.String),
        ];
        for (int column = 0; column < input.Schema.Count; column++)
        {
            builders[0].AppendScalar(Scalar.Of(input.Schema[column].Name));
            builders[1].AppendScalar(Scalar.Of((long)column));
            builders[2].AppendScalar(Scalar.Of(s_systemTypes[input.Schema[column].Type]));
            builders[3].AppendScalar(Scalar.Of(input.Schema[column].Type.Name()));
        }

        var schema = new Schema(
        [
            new Column("ColumnName", ScalarType.String), new Column("ColumnOrdinal", ScalarType.Long),
            new Column("DataType", ScalarType.String), new Column("ColumnType", ScalarType.String),
        ]);
        return new ValuesPlan(new Batch(schema, [.. builders.Select(builder => builder.Build())], input.Schema.Count));
    }

    public static LogicalPlan Consume(OperatorContext context, LogicalPlan input, OperatorSyntax syntax) =>
        new FilterPlan(input, new BoundLiteral(Scalar.Of(false)));

    public static LogicalPlan As(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        context.Scope.Define(((AsSyntax)syntax).Alias.Name, new TableBinding(input));
        return input;
    }

    public static LogicalPlan Invoke(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        CallSyntax call = ((InvokeSyntax)syntax).Call;
        if (context.Scope.Find(call.Name) is not FunctionBinding function)
        {
            throw new QueryException("unknown_function", $"unknown function '{call.Name}'", call.NameSpan)
            {
                Suggestion = Names.Nearest(call.Name, context.Scope.AllNames),
            };
        }

        return context.Tables.Functions.CallTable(context.Constants(), function, call, input)
            ?? throw new QueryException("type", $"{call.Name}() gives a scalar, not a table", call.Span);
    }

    public static LogicalPlan Render(OperatorContext context, LogicalPlan input, OperatorSyntax syntax)
    {
        var render = (RenderSyntax)syntax;
        context.Compilation.Visualization = new Visualization(render.Kind, render.Properties);
        return input;
    }
}
