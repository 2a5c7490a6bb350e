using Bongsu.Core.Vectors;

namespace Bongsu.Store.Scan;

/// <summary>One condition on rows, pushed down into the scan. Stateless or thread-safe: morsels are read in
/// parallel.</summary>
public abstract class ScanFilter
{
    /// <summary>The columns it reads.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>About how dear it is per row; the cheapest filter runs first.</summary>
    public virtual double Cost => 1;

    /// <summary>False only where no row of the block can meet the condition. Must be quick; reads no column
    /// values.</summary>
    public virtual bool MayMatch(BlockSummary block) => true;

    /// <summary>Whether the condition follows from the value of one column alone, so that <see cref="KeepsOf"/> may be asked
    /// of values that several rows share.</summary>
    public virtual bool IsOfValues => false;

    /// <summary>By value of the one column whether it meets the condition; only where <see cref="IsOfValues"/>.</summary>
    public virtual bool[] KeepsOf(Vector values) => throw new NotSupportedException();

    /// <summary>Clears the bits of rows that do not meet the condition.</summary>
    /// <param name="columns">Values of <see cref="Columns"/>, in their order, in the snapshot's types, all rows of the
    /// block.</param>
    /// <param name="selection">One bit per row; bits that are 0 stay 0.</param>
    public abstract void Apply(ReadOnlySpan<Vector> columns, Bitmap selection);
}
