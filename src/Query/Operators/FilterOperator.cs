using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary><c>where</c>: keeps rows whose predicate is true; false and null drop.</summary>
internal sealed class FilterOperator : RowwiseOperator
{
    private readonly ExpressionEvaluator[] _conjuncts;

    public FilterOperator(QueryRun run, Operator input, FilterPlan plan)
        : base(run, input, plan.Schema)
    {
        _conjuncts = Conjuncts.Of(plan.Predicate).Select(conjunct => new ExpressionEvaluator(conjunct)).ToArray();
    }

    protected override IEnumerable<Batch> Transform(Batch batch)
    {
        Bitmap? kept = null;
        foreach (ExpressionEvaluator conjunct in _conjuncts)
        {
            var truth = (FixedVector<bool>)conjunct.Evaluate(batch, Run.Evaluation);
            if (truth.IsConstant)
            {
                if (!truth[0] || truth.IsNull(0))
                {
                    yield break;
                }

                continue;
            }

            kept ??= Bitmap.AllSet(batch.RowCount);
            Selection.AndTrue(kept, truth);
        }

        int count = kept?.CountSet() ?? batch.RowCount;
        if (count == batch.RowCount)
        {
            yield return batch;
        }
        else if (count > 0)
        {
            yield return batch.Gather(kept!.ToSelection());
        }
    }
}
