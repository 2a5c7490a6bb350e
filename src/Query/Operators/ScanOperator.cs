using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Operators.Scanning;
using Bongsu.Query.Plan;
using Bongsu.Store.Scan;

namespace Bongsu.Query.Operators;

/// <summary>Reads a stored table, block by block; each block is a work unit.</summary>
internal sealed class ScanOperator : Operator
{
    private readonly TableSnapshot _snapshot;
    private readonly ScanRequest _request;
    private readonly long? _limit;

    /// <summary>Prepares a scan of a snapshot.</summary>
    /// <param name="run">The query.</param>
    /// <param name="snapshot">The table.</param>
    /// <param name="plan">Columns, filter and time range.</param>
    /// <param name="lastFilter">Runs after the plan's own filter; or null.</param>
    public ScanOperator(QueryRun run, TableSnapshot snapshot, ScanPlan plan, ScanFilter? lastFilter)
        : base(run, plan.Schema)
    {
        RequireSameTypes(snapshot, plan);
        _snapshot = snapshot;
        _limit = plan.Limit;
        var filters = new List<ScanFilter>();
        if (plan.Filter is not null)
        {
            filters.AddRange(Conjuncts.Of(plan.Filter).Select(conjunct => new ExpressionFilter(conjunct, run.Evaluation)));
        }

        if (plan.Limit is <= int.MaxValue and var limit)
        {
            filters.Add(new FirstRowsFilter((int)limit));
        }

        if (lastFilter is not null)
        {
            filters.Add(lastFilter);
        }

        _request = new ScanRequest
        {
            Columns = plan.Schema.Columns.ToArray().Select(column => column.Name).ToArray(),
            FromTicks = plan.FromTicks,
            ToTicks = plan.ToTicks,
            Filters = filters,
            NewestFirst = lastFilter is TopTimeFilter { IsDescending: true },
            Statistics = run.Statistics.Scan,
        };
    }

    public override IEnumerable<Batch> Execute()
    {
        IEnumerable<Batch> batches = ParallelStream.Run(Units(), Run);
        return _limit is { } limit ? new TakeOperator(Run, batches, Schema, limit).Execute() : batches;
    }

    public override IReadOnlyList<WorkUnit>? Split() => _limit is null ? Units() : null;

    private static void RequireSameTypes(TableSnapshot snapshot, ScanPlan plan)
    {
        foreach (Column column in plan.Schema.Columns)
        {
            int index = snapshot.Schema.IndexOf(column.Name);
            if (index >= 0 && snapshot.Schema[index].Type != column.Type)
            {
                throw new QueryException(
                    "conflict",
                    $"column '{column.Name}' of table '{plan.Table}' became {snapshot.Schema[index].Type.Name()} "
                        + "while the query was compiled; run it again",
                    default);
            }
        }
    }

    private WorkUnit[] Units()
    {
        IReadOnlyList<Morsel> morsels = _snapshot.Scan(_request);
        var units = new WorkUnit[morsels.Count];
        for (int unit = 0; unit < units.Length; unit++)
        {
            Morsel morsel = morsels[unit];
            units[unit] = arrays => Read(morsel, arrays);
        }

        return units;
    }

    private IEnumerable<Batch> Read(Morsel morsel, BlockArrays? arrays)
    {
        Batch? batch = morsel.Read(Run.Cancellation, arrays);
        if (batch is null)
        {
            return [];
        }

        return batch.RowCount > Run.BatchRows ? BatchSlices.Split(batch, Run.BatchRows) : [batch];
    }
}
