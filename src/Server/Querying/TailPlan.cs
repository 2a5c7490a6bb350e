using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query;
using Bongsu.Query.Plan;
using Bongsu.Store;

namespace Bongsu.Server.Querying;

/// <summary>A query over one table by row operators only, so that it can run over each batch as it arrives.</summary>
internal sealed class TailPlan
{
    private readonly LogicalPlan _plan;

    /// <summary>Takes a compiled query.</summary>
    /// <exception cref="QueryException">It does more than look at rows one by one.</exception>
    public TailPlan(LogicalPlan plan)
    {
        _plan = plan;
        Table = FindScan(plan).Table;
    }

    /// <summary>The table that is followed.</summary>
    public string Table { get; }

    /// <summary>Columns of the rows.</summary>
    public Schema Schema => _plan.Schema;

    /// <summary>The plan over the rows of one committed batch in place of the table.</summary>
    public LogicalPlan Over(CommittedBatch committed) => Replace(_plan, committed);

    private static ScanPlan FindScan(LogicalPlan plan) => plan switch
    {
        ScanPlan scan => scan,
        FilterPlan filter => FindScan(filter.Input),
        ProjectPlan project => FindScan(project.Input),
        ParsePlan parse => FindScan(parse.Input),
        MvExpandPlan expand => FindScan(expand.Input),
        _ => throw new QueryException(
            "unsupported", "a live tail takes a table followed by where, extend, project, parse or mv-expand only", default),
    };

    private static LogicalPlan Replace(LogicalPlan plan, CommittedBatch committed) => plan switch
    {
        ScanPlan scan => Rows(scan, committed),
        FilterPlan filter => filter with { Input = Replace(filter.Input, committed) },
        ProjectPlan project => project with { Input = Replace(project.Input, committed) },
        ParsePlan parse => parse with { Input = Replace(parse.Input, committed) },
        MvExpandPlan expand => expand with { Input = Replace(expand.Input, committed) },
        _ => throw new InvalidOperationException($"a {plan.GetType().Name} passed the check"),
    };

    private static LogicalPlan Rows(ScanPlan scan, CommittedBatch committed)
    {
        var vectors = new Vector[scan.Schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            vectors[column] = committed.ColumnAs(scan.Schema[column]);
        }

        LogicalPlan rows = new ValuesPlan(new Batch(scan.Schema, vectors, committed.Batch.RowCount));
        return scan.Filter is null ? rows : new FilterPlan(rows, scan.Filter);
    }
}
