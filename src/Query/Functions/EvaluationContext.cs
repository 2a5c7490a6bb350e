using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions;

/// <summary>What all expressions of one query share.</summary>
/// <param name="NowTicks"><c>now()</c>: fixed for the whole query, UTC ticks.</param>
/// <param name="Cancellation">Checked by kernels that may take long on one batch.</param>
public sealed record EvaluationContext(long NowTicks, CancellationToken Cancellation)
{
    /// <summary>Lends the memory of results that live no longer than the batch they are made of; null = new
    /// arrays.</summary>
    public BlockArrays? Arrays { get; init; }
}
