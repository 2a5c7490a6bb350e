using Bongsu.Core.Vectors;

namespace Bongsu.Ingest;

/// <summary>What became of a batch, durably.</summary>
/// <param name="Sequence">Position in the log; 0 where nothing was stored.</param>
/// <param name="StoredRows">Rows stored.</param>
/// <param name="DroppedRows">Rows the table's pipeline dropped.</param>
/// <param name="WasDuplicate">True where the request's idempotency key was known, so it was stored before.</param>
/// <param name="DuplicateRows">Rows left out since their key was known, by row of the decoded batch; null where there
/// are none.</param>
public readonly record struct IngestOutcome(
    long Sequence, int StoredRows, int DroppedRows, bool WasDuplicate, Bitmap? DuplicateRows);
