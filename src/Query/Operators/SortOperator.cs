using Bongsu.Core.Batches;
using Bongsu.Query.Execution;
using Bongsu.Query.Operators.Sorting;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary><c>sort by</c>: collects all rows, sorts references to them, gathers the output batch by batch.</summary>
internal sealed class SortOperator : Operator
{
    private readonly Operator _input;
    private readonly SortPlan _plan;

    public SortOperator(QueryRun run, Operator input, SortPlan plan)
        : base(run, plan.Schema)
    {
        _input = input;
        _plan = plan;
    }

    public override IEnumerable<Batch> Execute()
    {
        using var rows = new RowCollection(Run, Schema, "sort");
        using MemoryAccount memory = Run.OpenAccount("sort");
        rows.AddAll(_input);
        memory.Set(rows.Count * (RowSorter.EntryBytes + (8 * _plan.Keys.Count)));
        RowReference[] order = RowSorter.Sort(Run, rows.Batches, _plan.Keys);
        for (int start = 0; start < order.Length; start += Run.BatchRows)
        {
            Run.Cancellation.ThrowIfCancellationRequested();
            yield return rows.Gather(order.AsSpan(start, Math.Min(Run.BatchRows, order.Length - start)));
        }
    }
}
