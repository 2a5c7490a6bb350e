using Bongsu.Core.Batches;
using Bongsu.Query.Execution;
using Bongsu.Query.Operators.Sorting;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary>
/// <c>top N by</c>: keeps candidates, and cuts them down to the best N whenever they have grown to a few times as many.
/// </summary>
internal sealed class TopOperator : Operator
{
    private readonly Operator _input;
    private readonly TopPlan _plan;

    public TopOperator(QueryRun run, Operator input, TopPlan plan)
        : base(run, plan.Schema)
    {
        _input = plan.Count is > 0 and <= int.MaxValue ? new TopCandidatesOperator(run, input, plan) : input;
        _plan = plan;
    }

    public override IEnumerable<Batch> Execute()
    {
        if (_plan.Count <= 0)
        {
            yield break;
        }

        using var candidates = new RowCollection(Run, Schema, "top");
        long most = Math.Max(4 * _plan.Count, 2L * Run.BatchRows);
        foreach (Batch batch in _input.Execute())
        {
            Run.Cancellation.ThrowIfCancellationRequested();
            candidates.Add(batch);
            if (candidates.Count > most)
            {
                Batch best = Best(candidates.Batches);
                candidates.Clear();
                candidates.Add(best);
            }
        }

        if (candidates.Count == 0)
        {
            yield break;
        }

        foreach (Batch batch in BatchSlices.Split(Best(candidates.Batches), Run.BatchRows))
        {
            yield return batch;
        }
    }

    private Batch Best(IReadOnlyList<Batch> batches)
    {
        RowReference[] order = RowSorter.Sort(Run, batches, _plan.Keys);
        int count = (int)Math.Min(_plan.Count, order.Length);
        using var rows = new RowCollection(Run, Schema, "top");
        foreach (Batch batch in batches)
        {
            rows.Add(batch);
        }

        return rows.Gather(order.AsSpan(0, count));
    }
}
