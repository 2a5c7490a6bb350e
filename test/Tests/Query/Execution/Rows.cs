using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;

namespace Bongsu.Tests.Query.Execution;

/// <summary>Tables written in tests, plans over them, and results as text.</summary>
internal static class Rows
{
    /// <summary>A table; cells are values of the column's .NET type, or null.</summary>
    public static Batch Of(Schema schema, params object?[][] rows)
    {
        var vectors = new Vector[schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            VectorBuilder builder = VectorBuilder.Create(schema[column].Type);
            foreach (object?[] row in rows)
            {
                builder.AppendScalar(row[column] is null ? Scalar.Null(schema[column].Type) : new Scalar(schema[column].Type, row[column]));
            }

            vectors[column] = builder.Build();
        }

        return new Batch(schema, vectors, rows.Length);
    }

    public static Schema Schema(params (string Name, ScalarType Type)[] columns) =>
        new(columns.Select(column => new Column(column.Name, column.Type)));

    public static BoundColumn Column(LogicalPlan input, string name)
    {
        int index = input.Schema.IndexOf(name);
        return new BoundColumn(index, name, input.Schema[index].Type);
    }

    /// <summary>Runs a plan with batches of two rows.</summary>
    public static List<string> Run(LogicalPlan plan, int batchRows = 2, QueryLimits? limits = null, ITableSource? source = null)
    {
        var run = new QueryRun(
            new EvaluationContext(0, CancellationToken.None), source ?? NoTables.Instance, limits ?? QueryLimits.Default)
        {
            BatchRows = batchRows,
        };
        return Text(QueryEngine.Execute(plan, run).Batches());
    }

    /// <summary>One line per row, cells joined by |, nulls as ∅.</summary>
    public static List<string> Text(IEnumerable<Batch> batches)
    {
        var lines = new List<string>();
        foreach (Batch batch in batches)
        {
            Assert.NotEqual(0, batch.RowCount);
            for (int row = 0; row < batch.RowCount; row++)
            {
                var cells = new List<string>();
                foreach (Vector vector in batch.Vectors)
                {
                    cells.Add(vector.IsNull(row) ? "∅" : ScalarText.Format(vector.GetScalar(row)));
                }

                lines.Add(string.Join("|", cells));
            }
        }

        return lines;
    }

    public static AggregateKernel Aggregate(string name, params ScalarArgument[] arguments) =>
        FunctionRegistry.FindAggregate(name)!.Bind(arguments);

    /// <summary>A summarize of plain columns.</summary>
    public static SummarizePlan Summarize(LogicalPlan input, string[] keys, params (string Function, string? Column)[] aggregates)
    {
        BoundExpression[] keyColumns = keys.Select(key => (BoundExpression)Column(input, key)).ToArray();
        var bound = new List<BoundAggregate>();
        var columns = keyColumns.Select((key, index) => new Column(keys[index], key.Type)).ToList();
        foreach ((string function, string? name) in aggregates)
        {
            BoundExpression[] arguments = name is null ? [] : [Column(input, name)];
            AggregateKernel kernel = Aggregate(
                function, arguments.Select(argument => new ScalarArgument(argument.Type, null, name)).ToArray());
            bound.Add(new BoundAggregate(function, kernel, arguments));
            columns.AddRange(kernel.Outputs.Select(output => new Column(output.DefaultName, output.Type)));
        }

        return new SummarizePlan(input, keyColumns, bound, new Schema(columns));
    }
}
