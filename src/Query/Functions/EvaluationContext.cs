namespace Bongsu.Query.Functions;

/// <summary>What all expressions of one query share.</summary>
/// <param name="NowTicks"><c>now()</c>: fixed for the whole query, UTC ticks.</param>
/// <param name="Cancellation">Checked by kernels that may take long on one batch.</param>
public sealed record EvaluationContext(long NowTicks, CancellationToken Cancellation);
