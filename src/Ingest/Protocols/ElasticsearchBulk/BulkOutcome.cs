using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>What became of one table of a bulk request.</summary>
/// <param name="Error">Why none of its rows was stored; null where they were.</param>
/// <param name="DuplicateRows">Rows whose id was known.</param>
/// <param name="RetryAfter">When to try again.</param>
internal readonly record struct BulkOutcome(BulkError? Error, Bitmap? DuplicateRows = null, TimeSpan? RetryAfter = null);
