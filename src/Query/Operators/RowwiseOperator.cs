using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Operators;

/// <summary>
/// An operator whose output for a batch depends on that batch alone; so it runs inside its input's work units.
/// </summary>
internal abstract class RowwiseOperator : Operator
{
    private readonly Operator _input;

    protected RowwiseOperator(QueryRun run, Operator input, Schema schema)
        : base(run, schema)
    {
        _input = input;
    }

    public sealed override IEnumerable<Batch> Execute()
    {
        IReadOnlyList<WorkUnit>? units = Split();
        return units is null ? TransformAll(_input.Execute()) : ParallelStream.Run(units, Run);
    }

    public sealed override IReadOnlyList<WorkUnit>? Split()
    {
        IReadOnlyList<WorkUnit>? units = _input.Split();
        if (units is null)
        {
            return null;
        }

        var transformed = new WorkUnit[units.Count];
        for (int unit = 0; unit < transformed.Length; unit++)
        {
            WorkUnit source = units[unit];
            transformed[unit] = arrays => TransformAll(source(arrays));
        }

        return transformed;
    }

    /// <summary>
    /// The output for one batch: none, one or several batches, none empty. Called by several threads at once.
    /// </summary>
    protected abstract IEnumerable<Batch> Transform(Batch batch);

    private IEnumerable<Batch> TransformAll(IEnumerable<Batch> batches)
    {
        foreach (Batch batch in batches)
        {
            Run.Cancellation.ThrowIfCancellationRequested();
            foreach (Batch output in Transform(batch))
            {
                yield return output;
            }
        }
    }
}
