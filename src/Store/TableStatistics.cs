namespace Bongsu.Store;

/// <summary>What a table holds at one moment.</summary>
/// <param name="RowCount">Rows in parts and head.</param>
/// <param name="HeadRows">Rows not in a part yet.</param>
/// <param name="HeadBytes">Memory of those rows, about.</param>
/// <param name="PartCount">Number of parts.</param>
/// <param name="SizeBytes">Bytes of the parts on disk.</param>
/// <param name="MinTicks">Earliest timestamp; null where there are no rows.</param>
/// <param name="MaxTicks">Latest timestamp; null where there are no rows.</param>
/// <param name="QuarantinedParts">Damaged parts set aside.</param>
public sealed record TableStatistics(
    long RowCount,
    long HeadRows,
    long HeadBytes,
    int PartCount,
    long SizeBytes,
    long? MinTicks,
    long? MaxTicks,
    int QuarantinedParts);
