using System.Globalization;
using Bongsu.Core.Types;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary><c>union</c>: rows of several tables, whose columns are brought together by name.</summary>
internal static class UnionBinder
{
    /// <summary>A table of a union.</summary>
    /// <param name="Name">For <c>withsource</c>.</param>
    /// <param name="Plan">Its rows.</param>
    public readonly record struct Input(string Name, LogicalPlan Plan);

    public static LogicalPlan Bind(OperatorContext context, LogicalPlan? input, OperatorSyntax syntax)
    {
        var union = (UnionSyntax)syntax;
        List<Input> inputs = [];
        if (input is not null)
        {
            inputs.Add(new Input(NameOf(context.Source, 0), input));
        }

        bool isFuzzy = union.Options.GetValueOrDefault("isfuzzy") == "true";
        foreach (ExpressionSyntax table in union.Tables)
        {
            AddTables(context, table, isFuzzy, inputs);
        }

        if (inputs.Count == 0)
        {
            throw new QueryException("unknown_table", "no table of the union is there", syntax.Span);
        }

        string kind = union.Options.GetValueOrDefault("kind", "outer");
        if (kind is not ("inner" or "outer"))
        {
            throw new QueryException(
                "argument",
                $"unknown kind of union '{kind}'",
                syntax.Span)
            { Expected = ["inner", "outer"] };
        }

        string? sourceColumn = union.Options.GetValueOrDefault("withsource")
            ?? union.Options.GetValueOrDefault("with_source");
        return Combine(inputs, sourceColumn, kind == "inner");
    }

    /// <summary>Tables that an operand names: a pattern may be several.</summary>
    public static void AddTables(OperatorContext context, ExpressionSyntax table, bool isFuzzy, List<Input> inputs)
    {
        if (table is WildcardSyntax wildcard)
        {
            foreach ((string name, FunctionBinding view) in context.Scope.Views
                .Where(view => Names.Matches(view.Name, wildcard.Pattern)))
            {
                inputs.Add(new Input(name, context.Tables.Functions.CallView(context.Constants(), view, table.Span)));
            }

            foreach (
                string name in context.Compilation.Catalog.TableNames.Where(
                    name => Names.Matches(name, wildcard.Pattern)).Order(StringComparer.Ordinal))
            {
                inputs.Add(new Input(name, context.Tables.TryScan(name)!));
            }

            return;
        }

        try
        {
            inputs.Add(new Input(NameOf(table, inputs.Count), context.Tables.BindTable(table, context.Constants())));
        }
        catch (QueryException error) when (isFuzzy && error.Code is "unknown_table" or "unknown_function")
        {
            // `isfuzzy=true`: tables that are not there are left out.
        }
    }

    /// <summary>All rows under common columns.</summary>
    /// <param name="inputs">At least one.</param>
    /// <param name="sourceColumn">A first column with the name of each row's table, or null.</param>
    /// <param name="isInner">Only columns that all inputs have.</param>
    public static LogicalPlan Combine(IReadOnlyList<Input> inputs, string? sourceColumn, bool isInner)
    {
        if (inputs.Count == 1 && sourceColumn is null)
        {
            return inputs[0].Plan;
        }

        List<(Column Output, Column Source)> columns = Columns(inputs, isInner);
        List<Column> outputs = [.. columns.Select(column => column.Output)];
        if (sourceColumn is not null)
        {
            outputs.RemoveAll(column => column.Name == sourceColumn);
            columns.RemoveAll(column => column.Output.Name == sourceColumn);
            outputs.Insert(0, new Column(sourceColumn, ScalarType.String));
        }

        var schema = new Schema(outputs);
        List<LogicalPlan> plans = [];
        foreach (Input input in inputs)
        {
            List<BoundExpression> expressions = [];
            if (sourceColumn is not null)
            {
                expressions.Add(new BoundLiteral(Scalar.Of(input.Name)));
            }

            foreach ((Column output, Column source) in columns)
            {
                int index = input.Plan.Schema.IndexOf(source.Name);
                bool isThere = index >= 0 && input.Plan.Schema[index].Type == source.Type;
                expressions.Add(
                    isThere
                        ? new BoundColumn(index, source.Name, source.Type)
                        : new BoundLiteral(Scalar.Null(output.Type)));
            }

            plans.Add(new ProjectPlan(input.Plan, expressions, schema));
        }

        return plans.Count == 1 ? plans[0] : new UnionPlan(plans, schema);
    }

    // In order of first appearance; a name with two types becomes name_type for each, side by side.
    private static List<(Column Output, Column Source)> Columns(IReadOnlyList<Input> inputs, bool isInner)
    {
        List<string> names = [];
        var types = new Dictionary<string, List<ScalarType>>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Input input in inputs)
        {
            foreach (Column column in input.Plan.Schema.Columns)
            {
                if (!types.TryGetValue(column.Name, out List<ScalarType>? known))
                {
                    types[column.Name] = known = [];
                    names.Add(column.Name);
                }

                counts[column.Name] = counts.GetValueOrDefault(column.Name) + 1;
                if (!known.Contains(column.Type))
                {
                    known.Add(column.Type);
                }
            }
        }

        var namer = new ColumnNamer();
        List<(Column Output, Column Source)> columns = [];
        foreach (string name in names.Where(name => !isInner || counts[name] == inputs.Count))
        {
            foreach (ScalarType type in types[name])
            {
                string output = namer.Suggest(types[name].Count == 1 ? name : $"{name}_{type.Name()}");
                columns.Add((new Column(output, type), new Column(name, type)));
            }
        }

        return columns;
    }

    private static string NameOf(ExpressionSyntax? table, int index) => table switch
    {
        NameSyntax name => name.Name,
        PipelineSyntax { Operators: [.., AsSyntax alias] } => alias.Alias.Name,
        PipelineSyntax { Source: NameSyntax source } => source.Name,
        _ => "union_arg" + index.ToString(CultureInfo.InvariantCulture),
    };
}
