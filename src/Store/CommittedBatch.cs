using Bongsu.Core.Batches;

namespace Bongsu.Store;

/// <summary>A batch that has become durable.</summary>
/// <param name="Table">The table it was written to.</param>
/// <param name="Batch">The stored rows, in the schema they came with (the table's may be wider).</param>
/// <param name="SourceId">Who sent it.</param>
/// <param name="Sequence">Position in the log: 1, 2, 3, … over all tables, without gaps.</param>
/// <param name="IngestedTicks">When it was stored; rises strictly with the sequence.</param>
public sealed record CommittedBatch(Table Table, Batch Batch, string SourceId, long Sequence, long IngestedTicks);
