using Bongsu.Core.Batches;
using Bongsu.Query.Execution;
using Bongsu.Query.Operators.Sorting;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary>
/// First half of <c>top</c>: drops, inside the input's work units, rows that cannot be among the best.
/// </summary>
internal sealed class TopCandidatesOperator : RowwiseOperator
{
    private readonly TopCandidates _candidates;

    public TopCandidatesOperator(QueryRun run, Operator input, TopPlan plan)
        : base(run, input, plan.Schema)
    {
        _candidates = new TopCandidates(run, plan.Keys[0], (int)plan.Count);
    }

    protected override IEnumerable<Batch> Transform(Batch batch)
    {
        if (_candidates.Select(batch) is { } selected)
        {
            yield return selected;
        }
    }
}
