using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Head;

/// <summary>The rows of a table that are not in a part yet. Owned by its table, which locks around every
/// call.</summary>
/// <remarks>
/// Small batches are put together sixteen at a time, so that a query meets few chunks; a row is copied about three
/// times
/// before its chunk is large enough to stay.
/// </remarks>
internal sealed class TableHead
{
    private const int CompactionFanIn = 16;
    private const int LargeChunkRows = 4096;

    private readonly List<HeadChunk> _chunks = [];
    private int _frozenChunks;
    private bool _isCompacting;

    public long RowCount { get; private set; }

    public long SizeBytes { get; private set; }

    /// <summary>When the oldest row was stored; null where there is none, or where it is being cut.</summary>
    public long? OldestIngestedTicks =>
        _chunks.Count > _frozenChunks ? _chunks[_frozenChunks].FirstIngestedTicks : null;

    public HeadChunk[] ToArray() => [.. _chunks];

    public void Add(HeadChunk chunk)
    {
        _chunks.Add(chunk);
        RowCount += chunk.RowCount;
        SizeBytes += chunk.SizeBytes;
    }

    /// <summary>The chunks to be cut into parts; they stay visible until <see cref="EndCut"/>.</summary>
    public HeadChunk[] BeginCut()
    {
        _frozenChunks = _chunks.Count;
        return ToArray();
    }

    /// <summary>Removes the chunks handed out by <see cref="BeginCut"/> (or keeps them, where the cut failed); returns
    /// their bytes.</summary>
    public long EndCut(bool isDone)
    {
        long freedBytes = 0;
        for (int chunk = 0; isDone && chunk < _frozenChunks; chunk++)
        {
            freedBytes += _chunks[chunk].SizeBytes;
            RowCount -= _chunks[chunk].RowCount;
        }

        if (isDone)
        {
            _chunks.RemoveRange(0, _frozenChunks);
            SizeBytes -= freedBytes;
        }

        _frozenChunks = 0;
        return freedBytes;
    }

    /// <summary>A run of small chunks worth putting together, or null; then <see cref="EndCompaction"/> must
    /// follow.</summary>
    public HeadChunk[]? BeginCompaction()
    {
        if (_isCompacting || _chunks.Count - _frozenChunks < CompactionFanIn)
        {
            return null;
        }

        int first = _chunks.Count - CompactionFanIn;
        int sizeClass = SizeClass(_chunks[^1]);
        for (int chunk = first; chunk < _chunks.Count; chunk++)
        {
            if (_chunks[chunk].RowCount >= LargeChunkRows || SizeClass(_chunks[chunk]) > sizeClass)
            {
                return null;
            }
        }

        _isCompacting = true;
        return [.. _chunks[first..]];
    }

    /// <summary>Puts the joined chunk in the place of its run, where that is still there; returns the change in
    /// bytes.</summary>
    public long EndCompaction(HeadChunk[] run, HeadChunk joined)
    {
        _isCompacting = false;
        int first = _chunks.IndexOf(run[0]);
        if (first < _frozenChunks)
        {
            return 0;
        }

        long before = run.Sum(chunk => chunk.SizeBytes);
        _chunks.RemoveRange(first, run.Length);
        _chunks.Insert(first, joined);
        SizeBytes += joined.SizeBytes - before;
        return joined.SizeBytes - before;
    }

    /// <summary>Gives a run back untouched.</summary>
    public void AbandonCompaction() => _isCompacting = false;

    /// <summary>Makes one chunk of a run, in the table's types.</summary>
    public static HeadChunk Join(HeadChunk[] run, Schema schema)
    {
        var columns = new List<Column>();
        foreach (Column column in schema.Columns)
        {
            if (run.Any(chunk => chunk.Find(column.Name) is not null))
            {
                columns.Add(column);
            }
        }

        int rowCount = run.Sum(chunk => chunk.RowCount);
        RowOrder order = RowOrder.Sequential(run.Select(chunk => chunk.RowCount).ToArray());
        var vectors = columns.Select(column => Gather(run, column.Name, column.Type, order)).ToArray();
        return new HeadChunk(
            new Batch(new Schema(columns), vectors, rowCount),
            Gather(run, SystemColumns.IngestionTime, ScalarType.DateTime, order),
            Gather(run, SystemColumns.Source, ScalarType.String, order),
            run[^1].LastSequence,
            run[0].FirstIngestedTicks);
    }

    private static Vector Gather(HeadChunk[] run, string column, ScalarType type, RowOrder order) =>
        VectorGather.Gather(type, Array.ConvertAll(run, chunk => chunk.Read(column, type)), order.Sources, order.Rows);

    private static int SizeClass(HeadChunk chunk) => chunk.RowCount switch { < 16 => 0, < 256 => 1, _ => 2 };
}
