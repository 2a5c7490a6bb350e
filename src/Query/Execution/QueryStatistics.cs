using Bongsu.Store.Scan;

namespace Bongsu.Query.Execution;

/// <summary>
/// What a query did; complete once its result was read to the end. Counters are safe to read at any time.
/// </summary>
public sealed class QueryStatistics
{
    /// <summary>Time from the start of the execution to its end, or to when the reader stopped.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Time spent on parsing, binding and planning; set by who compiled.</summary>
    public TimeSpan CompileTime { get; set; }

    /// <summary>Rows, bytes, parts and blocks read and skipped by all scans of the query.</summary>
    public ScanStatistics Scan { get; } = new();

    /// <summary>Rows of the result so far.</summary>
    public long RowsReturned { get; internal set; }

    /// <summary>Most bytes of accounted memory held at once.</summary>
    public long PeakMemoryBytes { get; internal set; }
}
