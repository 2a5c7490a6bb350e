using Bongsu.Core.Batches;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Scan;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Head;

/// <summary>Rows of one or more batches in memory, in the order they came, in the types they came with.
/// Immutable.</summary>
internal sealed class HeadChunk : RowBlock
{
    private readonly Batch _batch;
    private readonly Vector _ingestionTicks;
    private readonly Vector _source;

    public HeadChunk(Batch batch, Vector ingestionTicks, Vector source, long lastSequence, long firstIngestedTicks)
    {
        _batch = batch;
        _ingestionTicks = ingestionTicks;
        _source = source;
        LastSequence = lastSequence;
        FirstIngestedTicks = firstIngestedTicks;
        (MinTicks, MaxTicks) = TimeRange((FixedVector<long>)batch.Find(SystemColumns.Timestamp)!);
        SizeBytes = BatchSize.Of(batch) + BatchSize.Of(ingestionTicks) + BatchSize.Of(source);
    }

    public override int RowCount => _batch.RowCount;

    public override long MinTicks { get; }

    public override long MaxTicks { get; }

    /// <summary>The log's sequence of the last batch in it.</summary>
    public long LastSequence { get; }

    /// <summary>When the first batch in it was stored.</summary>
    public long FirstIngestedTicks { get; }

    public long SizeBytes { get; }

    public Schema Schema => _batch.Schema;

    public override Vector Read(
        string column,
        ScalarType type,
        ScanStatistics statistics,
        BlockArrays? arrays,
        SiblingReader siblings,
        RowGroups? wanted = null)
    {
        Vector vector = Read(column, type);
        statistics.AddBytesScanned(BatchSize.Of(vector));
        return vector;
    }

    /// <summary>All values of a column as the given type; nulls where the chunk does not have it.</summary>
    public Vector Read(string column, ScalarType type) => column switch
    {
        SystemColumns.IngestionTime => _ingestionTicks,
        SystemColumns.Source => _source,
        _ => _batch.Find(column) is { } vector ? VectorCast.Widen(vector, type) : Vector.Nulls(type, RowCount),
    };

    /// <summary>The values of a column in the type they came with, or null.</summary>
    public Vector? Find(string column) => _batch.Find(column);

    public override BlockSummary Summarize(TableSnapshot snapshot) => new HeadSummary(this, snapshot);

    private static (long Min, long Max) TimeRange(FixedVector<long> timestamps)
    {
        long min = long.MaxValue;
        long max = long.MinValue;
        foreach (long ticks in timestamps.Values)
        {
            min = Math.Min(min, ticks);
            max = Math.Max(max, ticks);
        }

        return (min, max);
    }
}
