using Bongsu.Core.Types;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql;

/// <summary>A compiled query: names and types resolved, optimised, ready to run over history or stream.
/// Immutable.</summary>
/// <param name="Plan">What to do.</param>
/// <param name="Visualization">The hint of <c>render</c>, or null.</param>
/// <param name="NowTicks">What <c>now()</c> was folded to; running the plan uses the same.</param>
public sealed record BoundQuery(LogicalPlan Plan, Visualization? Visualization, long NowTicks)
{
    /// <summary>Columns of the result.</summary>
    public Schema Schema => Plan.Schema;
}
