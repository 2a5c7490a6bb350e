using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Sorted rows that are to become a part, column by column.</summary>
internal abstract class PartRows
{
    public abstract long RowCount { get; }

    /// <summary>Whether any row can have a value.</summary>
    public abstract bool Has(Column column);

    /// <summary>A column's values, block by block; may be enumerated again.</summary>
    public abstract IEnumerable<Vector> Blocks(Column column);

    /// <summary>A column's values by a shared dictionary; null where that does not fit or gains nothing.</summary>
    public abstract SharedBlocks? TryShare(Column column);

    /// <summary>The column whose dictionary a column followed from before; null = not known to follow.</summary>
    public abstract string? KnownDeterminant(Column column);
}
