using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;

namespace Bongsu.Stream.Windows;

/// <summary>The live rows of one committed batch.</summary>
/// <param name="Committed">The batch.</param>
/// <param name="Rows">The live rows, ascending; null = all.</param>
internal sealed record LiveRows(CommittedBatch Committed, int[]? Rows)
{
    private static readonly Column s_timestamp = new(SystemColumns.Timestamp, ScalarType.DateTime);

    /// <summary>Number of rows.</summary>
    public int RowCount => Rows?.Length ?? Committed.Batch.RowCount;

    /// <summary>Earliest and latest event time; there must be rows.</summary>
    public (long Earliest, long Latest) Range()
    {
        long earliest = long.MaxValue;
        long latest = long.MinValue;
        foreach (long ticks in ((FixedVector<long>)Find(s_timestamp)).Values)
        {
            earliest = Math.Min(earliest, ticks);
            latest = Math.Max(latest, ticks);
        }

        return (earliest, latest);
    }

    /// <summary>A column of theirs in a type; nulls where the batch does not have it.</summary>
    public Vector Find(Column column)
    {
        Vector vector = Committed.ColumnAs(column);
        return Rows is null ? vector : vector.Gather(Rows);
    }
}
