using Bongsu.Query.Kql.Binding;
using Bongsu.Query.Kql.Parsing;
using Bongsu.Query.Kql.Syntax;
using Bongsu.Query.Plan;
using Bongsu.Query.Plan.Optimisation;

namespace Bongsu.Query.Kql;

/// <summary>KQL text to a bound, optimised plan.</summary>
public static class KqlCompiler
{
    /// <summary>Longest text that is looked at, in characters.</summary>
    public const int MaxTextLength = 2_000_000;

    /// <summary>Compiles one query. Thread-safe; touches no data.</summary>
    /// <param name="text">The query, with its <c>let</c>, <c>set</c> and <c>declare</c> statements.</param>
    /// <param name="catalog">The tables it may name.</param>
    /// <param name="options">Parameters, time range, now.</param>
    /// <exception cref="QueryException">The query is wrong, or names something not supported.</exception>
    public static BoundQuery Compile(string text, IQueryCatalog catalog, CompileOptions options)
    {
        BoundQuery bound = Bind(text, catalog, options);
        return bound with { Plan = PlanOptimiser.Optimise(bound.Plan) };
    }

    /// <summary>Compiles without optimising: the plan as the text says it.</summary>
    internal static BoundQuery Bind(string text, IQueryCatalog catalog, CompileOptions options)
    {
        if (text.Length > MaxTextLength)
        {
            throw new QueryException(
                "limit",
                $"the query is longer than {MaxTextLength} characters",
                new TextSpan(0, 0));
        }

        IReadOnlyList<StatementSyntax> statements = KqlParser.Parse(text);
        if (statements.Count == 0 || statements[^1] is not QuerySyntax query)
        {
            throw new QueryException(
                "syntax",
                "there is no query; it begins with a table, for instance: logs | take 10",
                new TextSpan(text.Length, 0));
        }

        var context = new BindContext(catalog, options)
        {
            NeedsIngestionTime = text.Contains("ingestion_time", StringComparison.Ordinal),
        };
        var tables = new TableBinder(context);
        var scope = new BindScope(null);
        tables.Statements.BindAll([.. statements.Take(statements.Count - 1)], scope);

        context.Visualization = null;
        LogicalPlan plan = tables.BindTable(query.Value, new ExpressionBinder(tables, scope, RowScope.None));
        plan = HiddenColumns.Remove(plan);
        PlanLimits.Check(plan);
        if (options.RowLimit is { } limit)
        {
            plan = new TakePlan(plan, limit);
        }

        return new BoundQuery(plan, context.Visualization, options.NowTicks);
    }
}
