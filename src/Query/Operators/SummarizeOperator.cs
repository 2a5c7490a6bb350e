using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary>
/// <c>summarize</c>, <c>distinct</c>, <c>count</c>: every thread groups what it reads, then the tables are merged.
/// </summary>
internal sealed class SummarizeOperator : Operator
{
    private readonly Operator _input;
    private readonly SummarizePlan _plan;

    public SummarizeOperator(QueryRun run, Operator input, SummarizePlan plan)
        : base(run, plan.Schema)
    {
        _input = input;
        _plan = plan;
    }

    public override IEnumerable<Batch> Execute()
    {
        var partials = new List<PartialAggregation>();
        try
        {
            ParallelConsumer.Consume(
                _input,
                Run,
                () =>
                {
                    var partial = new PartialAggregation(Run, _plan);
                    partials.Add(partial);
                    return partial;
                },
                (partial, batch) => partial.Add(batch));
            PartialAggregation merged = partials[0];
            for (int partial = 1; partial < partials.Count; partial++)
            {
                Run.Cancellation.ThrowIfCancellationRequested();
                merged.Absorb(partials[partial]);
                partials[partial].Dispose();
            }

            foreach (Batch batch in BatchSlices.Split(Finish(merged), Run.BatchRows))
            {
                yield return batch;
            }
        }
        finally
        {
            foreach (PartialAggregation partial in partials)
            {
                partial.Dispose();
            }
        }
    }

    private Batch Finish(PartialAggregation merged)
    {
        Vector[] columns = merged.Finish(out int groupCount);
        return new Batch(Schema, columns, groupCount);
    }
}
