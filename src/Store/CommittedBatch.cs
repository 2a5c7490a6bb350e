using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Schemas;

namespace Bongsu.Store;

/// <summary>A batch that has become durable.</summary>
/// <param name="Table">The table it was written to.</param>
/// <param name="Batch">The stored rows, in the schema they came with (the table's may be wider).</param>
/// <param name="SourceId">Who sent it.</param>
/// <param name="Sequence">Position in the log: 1, 2, 3, … over all tables, without gaps.</param>
/// <param name="IngestedTicks">When it was stored; rises strictly with the sequence.</param>
public sealed record CommittedBatch(Table Table, Batch Batch, string SourceId, long Sequence, long IngestedTicks)
{
    /// <summary>A column in the table's type, which may be wider than the batch's; nulls where the batch does not have
    /// it.</summary>
    /// <exception cref="ArgumentException">The type is not wider.</exception>
    public Vector ColumnAs(Column column) =>
        Batch.Find(column.Name) is { } vector
            ? VectorCast.Widen(vector, column.Type)
            : Vector.Nulls(column.Type, Batch.RowCount);
}
