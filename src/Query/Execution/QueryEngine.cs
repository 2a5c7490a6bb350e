using Bongsu.Query.Functions;
using Bongsu.Query.Kql;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Execution;

/// <summary>Runs compiled queries.</summary>
public static class QueryEngine
{
    /// <summary>Starts a query; nothing is read before <see cref="QueryResult.Batches"/> is.</summary>
    /// <param name="query">What to do.</param>
    /// <param name="source">The tables it reads.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="cancellation">Ends it; looked at once per block.</param>
    public static QueryResult Execute(
        BoundQuery query, ITableSource source, QueryLimits limits, CancellationToken cancellation) =>
        Execute(query.Plan, source, query.NowTicks, limits, cancellation);

    /// <summary>
    /// Starts a plan, as <see cref="Execute(BoundQuery, ITableSource, QueryLimits, CancellationToken)"/> does a query.
    /// </summary>
    /// <param name="plan">What to do.</param>
    /// <param name="source">The tables it reads.</param>
    /// <param name="nowTicks">What <c>now()</c> is.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="cancellation">Ends it; looked at once per block.</param>
    public static QueryResult Execute(
        LogicalPlan plan, ITableSource source, long nowTicks, QueryLimits limits, CancellationToken cancellation) =>
        Execute(plan, new QueryRun(new EvaluationContext(nowTicks, cancellation), source, limits));

    internal static QueryResult Execute(LogicalPlan plan, QueryRun run) =>
        new(run, plan.Schema, () => new OperatorBuilder(run).Build(plan));
}
