namespace Bongsu.Store.Parts;

/// <summary>An immutable file of rows sorted by stream and time.</summary>
internal sealed class Part
{
    public long RowCount => Blocks.Sum(block => (long)block.RowCount);

    public bool IsSetAside => false;

    public IReadOnlyList<PartBlock> Blocks { get; } = [];
}
