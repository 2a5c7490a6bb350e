using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Sorted rows that are to become a part.</summary>
internal abstract class PartRows
{
    public abstract long RowCount { get; }

    /// <summary>Whether any row can have a value.</summary>
    public abstract bool Has(Column column);

    /// <summary>Makes the shared dictionary of a column, whose vectors then refer to it; null where that does not fit or
    /// gains nothing.</summary>
    public abstract SharedDictionary? TryShare(Column column);

    /// <summary>The column whose dictionary a column followed from before; null = not known to follow.</summary>
    public abstract string? KnownDeterminant(Column column);

    /// <summary>Adds what all rows say of a column that follows from another, where that is known without looking at
    /// them; false where it is not.</summary>
    public virtual bool TryAddReferences(Column column, string determinant, ReferenceBuilder builder) => false;

    /// <summary>The rows, block by block; each is disposed of before the next. May be enumerated again.</summary>
    public abstract IEnumerable<BlockRows> Blocks();
}
