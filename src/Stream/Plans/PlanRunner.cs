using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Stream.Plans;

/// <summary>Runs a plan over rows at hand with the query engine, to one batch.</summary>
internal static class PlanRunner
{
    // A window's result is what people are told of; past these it is a mistake in the rule, and fails it.
    private static readonly QueryLimits s_limits = new() { MaxResultRows = 100_000, MaxMemoryBytes = 256 << 20, MaxWorkers = 1 };

    /// <summary>All rows of the result.</summary>
    /// <exception cref="Bongsu.Query.QueryException">A limit was passed.</exception>
    public static Batch Run(LogicalPlan plan, long nowTicks) =>
        Run(plan, NoTables.Instance, nowTicks, s_limits, CancellationToken.None);

    /// <summary>All rows of the result, over stored tables.</summary>
    /// <exception cref="Bongsu.Query.QueryException">A limit was passed.</exception>
    public static Batch Run(
        LogicalPlan plan, ITableSource tables, long nowTicks, QueryLimits limits, CancellationToken cancellationToken)
    {
        List<Batch> batches = [.. QueryEngine.Execute(plan, tables, nowTicks, limits, cancellationToken).Batches()];
        return batches.Count switch
        {
            0 => Batch.Empty(plan.Schema),
            1 => batches[0],
            _ => Concatenate(batches),
        };
    }

    private static Batch Concatenate(List<Batch> batches)
    {
        int rowCount = batches.Sum(batch => batch.RowCount);
        var vectors = new Vector[batches[0].Schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            VectorBuilder builder = VectorBuilder.Create(batches[0].Schema[column].Type);
            foreach (Batch batch in batches)
            {
                builder.AppendRange(batch[column], 0, batch.RowCount);
            }

            vectors[column] = builder.Build();
        }

        return new Batch(batches[0].Schema, vectors, rowCount);
    }
}
