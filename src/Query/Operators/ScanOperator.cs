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
    private readonly TopTimeFilter? _top;
    private readonly int[] _read;

    /// <summary>Prepares a scan of a snapshot.</summary>
    /// <param name="run">The query.</param>
    /// <param name="snapshot">The table.</param>
    /// <param name="plan">Columns, filter and time range.</param>
    /// <param name="lastFilter">Runs after the plan's own filter; or null.</param>
    /// <param name="needed">Columns that somebody looks at; the others, which only the filter reads, are all null in what
    /// is given on. Null = all are.</param>
    public ScanOperator(
        QueryRun run, TableSnapshot snapshot, ScanPlan plan, ScanFilter? lastFilter, IReadOnlySet<int>? needed = null)
        : base(run, plan.Schema)
    {
        RequireSameTypes(snapshot, plan);
        _snapshot = snapshot;
        _limit = plan.Limit;
        _read = [.. Enumerable.Range(0, plan.Schema.Count).Where(column => needed?.Contains(column) ?? true)];
        _top = lastFilter as TopTimeFilter;
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
            Columns = Array.ConvertAll(_read, column => plan.Schema[column].Name),
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
        if (_top is not null)
        {
            return TopUnits(morsels, _top);
        }

        var units = new WorkUnit[morsels.Count];
        for (int unit = 0; unit < units.Length; unit++)
        {
            Morsel morsel = morsels[unit];
            units[unit] = arrays => Read(morsel, arrays);
        }

        return units;
    }

    // First the best rows of all blocks are found by their times alone; then only they are read.
    private WorkUnit[] TopUnits(IReadOnlyList<Morsel> morsels, TopTimeFilter top)
    {
        var found = new FoundRows?[morsels.Count];
        int workers = Math.Clamp(morsels.Count, 1, Run.Limits.MaxWorkers);
        ParallelWork.Run(Run, workers, morsels.Count, (_, morsel, arrays) =>
            found[morsel] = morsels[morsel].Find(arrays, Run.Cancellation));
        var units = new List<WorkUnit>();
        for (int index = 0; index < found.Length; index++)
        {
            if (found[index] is { } rows && top.Best(rows) is { Length: > 0 } best)
            {
                Morsel morsel = morsels[index];
                units.Add(_ => morsel.ReadRows(best, Run.Cancellation) is { } batch ? [Written(batch)] : []);
            }
        }

        return units.ToArray();
    }

    // Texts that are written out when asked for are asked for here, where several threads are at work.
    private static Batch Written(Batch batch)
    {
        foreach (Vector vector in batch.Vectors)
        {
            _ = (vector as StringVector)?.Values;
        }

        return batch;
    }

    private Batch WithAllColumns(Batch batch)
    {
        if (_read.Length == Schema.Count)
        {
            return batch;
        }

        var vectors = new Vector[Schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            int place = Array.IndexOf(_read, column);
            vectors[column] = place < 0 ? Vector.Nulls(Schema[column].Type, batch.RowCount) : batch[place];
        }

        return new Batch(Schema, vectors, batch.RowCount);
    }

    private IEnumerable<Batch> Read(Morsel morsel, BlockArrays? arrays)
    {
        Batch? batch = morsel.Read(Run.Cancellation, arrays);
        if (batch is null)
        {
            return [];
        }

        batch = WithAllColumns(batch);
        return batch.RowCount > Run.BatchRows ? BatchSlices.Split(batch, Run.BatchRows) : [batch];
    }
}
