using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary><c>take</c>: the first rows that come; reads no further.</summary>
internal sealed class TakeOperator : Operator
{
    private readonly IEnumerable<Batch> _input;
    private readonly long _count;

    public TakeOperator(QueryRun run, Operator input, TakePlan plan)
        : this(run, input.Execute(), plan.Schema, plan.Count)
    {
    }

    /// <summary>Takes of batches.</summary>
    public TakeOperator(QueryRun run, IEnumerable<Batch> input, Schema schema, long count)
        : base(run, schema)
    {
        _input = input;
        _count = count;
    }

    public override IEnumerable<Batch> Execute()
    {
        long left = _count;
        if (left <= 0)
        {
            yield break;
        }

        foreach (Batch batch in _input)
        {
            if (batch.RowCount >= left)
            {
                yield return batch.RowCount == left ? batch : BatchSlices.Slice(batch, 0, (int)left);
                yield break;
            }

            left -= batch.RowCount;
            yield return batch;
        }
    }
}
