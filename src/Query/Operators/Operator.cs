using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Operators;

/// <summary>
/// One step of a running query; read once, either by <see cref="Execute"/> or by <see cref="Split"/>.
/// </summary>
internal abstract class Operator
{
    protected Operator(QueryRun run, Schema schema)
    {
        Run = run;
        Schema = schema;
    }

    /// <summary>Columns of every batch.</summary>
    public Schema Schema { get; }

    /// <summary>What the query shares.</summary>
    protected QueryRun Run { get; }

    /// <summary>
    /// All batches, in order; none is empty. Stopping early and disposing the enumerator stops the work below.
    /// </summary>
    public abstract IEnumerable<Batch> Execute();

    /// <summary>
    /// The same batches as units of work that may run on any thread, in any order; null where they come from one place.
    /// </summary>
    public virtual IReadOnlyList<WorkUnit>? Split() => null;
}
