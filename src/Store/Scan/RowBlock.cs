using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Scan;

/// <summary>Rows stored together, in the head or in a part. Immutable.</summary>
internal abstract class RowBlock
{
    public abstract int RowCount { get; }

    public abstract long MinTicks { get; }

    public abstract long MaxTicks { get; }

    /// <summary>True once the part was found damaged.</summary>
    public virtual bool IsSetAside => false;

    /// <summary>All values of a column as the given type; nulls where the block does not have it. Decoded into <paramref name="arrays"/> where
    /// there are any.</summary>
    public abstract Vector Read(string column, ScalarType type, ScanStatistics statistics, BlockArrays? arrays);

    /// <summary>Some rows of a column; nothing of them is in <paramref name="arrays"/>, which are only used to get
    /// there.</summary>
    public virtual Vector ReadRows(
        string column, ScalarType type, ReadOnlySpan<int> rows, ScanStatistics statistics, BlockArrays? arrays) =>
        Read(column, type, statistics, arrays).Gather(rows);

    public abstract BlockSummary Summarize(TableSnapshot snapshot);

    /// <summary>Takes the damaged part out of the table; false where there is none.</summary>
    public virtual bool TrySetAside(CorruptDataException exception) => false;
}
