namespace Bongsu.Store.Scan;

/// <summary>What scans did; counters are added from any thread.</summary>
public sealed class ScanStatistics
{
    private long _rowsScanned;
    private long _rowsMatched;
    private long _bytesScanned;
    private long _partsScanned;
    private long _blocksScanned;
    private long _blocksSkippedByTime;
    private long _blocksSkippedByFilter;
    private long _partsQuarantined;

    /// <summary>Rows of blocks whose values were read.</summary>
    public long RowsScanned => Interlocked.Read(ref _rowsScanned);

    /// <summary>Rows that met all conditions.</summary>
    public long RowsMatched => Interlocked.Read(ref _rowsMatched);

    /// <summary>Bytes read from parts (compressed) and vectors of the head.</summary>
    public long BytesScanned => Interlocked.Read(ref _bytesScanned);

    /// <summary>Parts with at least one block in the time range.</summary>
    public long PartsScanned => Interlocked.Read(ref _partsScanned);

    /// <summary>Blocks whose values were read.</summary>
    public long BlocksScanned => Interlocked.Read(ref _blocksScanned);

    /// <summary>Blocks outside the time range.</summary>
    public long BlocksSkippedByTime => Interlocked.Read(ref _blocksSkippedByTime);

    /// <summary>Blocks skipped by zone map, dictionary or term filter.</summary>
    public long BlocksSkippedByFilter => Interlocked.Read(ref _blocksSkippedByFilter);

    /// <summary>Blocks skipped for any reason.</summary>
    public long BlocksSkipped => BlocksSkippedByTime + BlocksSkippedByFilter;

    /// <summary>Parts found damaged, set aside and left out of the answer.</summary>
    public long PartsQuarantined => Interlocked.Read(ref _partsQuarantined);

    internal void AddRowsScanned(long rows) => Interlocked.Add(ref _rowsScanned, rows);

    internal void AddRowsMatched(long rows) => Interlocked.Add(ref _rowsMatched, rows);

    internal void AddBytesScanned(long bytes) => Interlocked.Add(ref _bytesScanned, bytes);

    internal void AddPartScanned() => Interlocked.Increment(ref _partsScanned);

    internal void AddBlockScanned() => Interlocked.Increment(ref _blocksScanned);

    internal void AddBlocksSkippedByTime(long blocks) => Interlocked.Add(ref _blocksSkippedByTime, blocks);

    internal void AddBlockSkippedByFilter() => Interlocked.Increment(ref _blocksSkippedByFilter);

    internal void AddPartQuarantined() => Interlocked.Increment(ref _partsQuarantined);
}
