using Bongsu.Core.Vectors;

namespace Bongsu.Store;

/// <summary>The outcome of a durable append.</summary>
/// <param name="Sequence">Position in the log; of a repeat, that of the first (0 where every row was a repeat).</param>
/// <param name="WasDuplicate">True where the idempotency key was known and nothing was stored.</param>
/// <param name="DuplicateRows">Rows left out since their row key was known (1 = left out); null where there are
/// none.</param>
public readonly record struct AppendResult(long Sequence, bool WasDuplicate, Bitmap? DuplicateRows = null);
