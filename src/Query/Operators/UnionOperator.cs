using Bongsu.Core.Batches;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary><c>union</c>: one input after the other, or their work units together where every input has some.</summary>
internal sealed class UnionOperator : Operator
{
    private readonly IReadOnlyList<Operator> _inputs;

    public UnionOperator(QueryRun run, IReadOnlyList<Operator> inputs, UnionPlan plan)
        : base(run, plan.Schema)
    {
        _inputs = inputs;
    }

    public override IEnumerable<Batch> Execute()
    {
        foreach (Operator input in _inputs)
        {
            foreach (Batch batch in input.Execute())
            {
                yield return WithSchema(batch);
            }
        }
    }

    public override IReadOnlyList<WorkUnit>? Split()
    {
        var units = new List<WorkUnit>();
        bool anySplit = false;
        foreach (Operator input in _inputs)
        {
            if (input.Split() is { } own)
            {
                anySplit = true;
                units.AddRange(own.Select(unit => (WorkUnit)(arrays => unit(arrays).Select(WithSchema))));
            }
            else
            {
                units.Add(_ => input.Execute().Select(WithSchema));
            }
        }

        return anySplit ? units : null;
    }

    private Batch WithSchema(Batch batch) => new(Schema, batch.Vectors.ToArray(), batch.RowCount);
}
