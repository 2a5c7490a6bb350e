using Bongsu.Core.Batches;

namespace Bongsu.Ingest;

/// <summary>Rows as a pipeline leaves them.</summary>
/// <param name="Batch">The rows to store.</param>
/// <param name="KeptRows">For each of them its row in the decoded batch, ascending; null where every row was
/// kept.</param>
public readonly record struct PipelineResult(Batch Batch, int[]? KeptRows = null);
