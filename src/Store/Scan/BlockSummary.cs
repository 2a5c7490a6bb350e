using Bongsu.Core.Encodings;

namespace Bongsu.Store.Scan;

/// <summary>What is known of a block without reading its values.</summary>
public abstract class BlockSummary
{
    private protected BlockSummary(int rowCount)
    {
        RowCount = rowCount;
    }

    /// <summary>Rows of the block.</summary>
    public int RowCount { get; }

    /// <summary>What is known of a column; of one the block does not have, that it is all null.</summary>
    public abstract ColumnSummary Column(string name);

    /// <summary>Whether more is known of the groups of a block (<see cref="RowGroups"/>) than of the block, in any of some
    /// columns.</summary>
    public virtual bool KnowsGroups(IReadOnlyList<string> columns) => false;

    /// <summary>What is known of a group of rows.</summary>
    public virtual BlockSummary OfGroup(int group) => this;
}
