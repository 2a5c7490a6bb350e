using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Scan;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Parts;

/// <summary>One block of a part.</summary>
internal sealed class PartBlock : RowBlock
{
    private readonly Part _part;
    private readonly int _block;

    public PartBlock(Part part, int block)
    {
        _part = part;
        _block = block;
    }

    public override int RowCount => _part.Footer.Blocks[_block].RowCount;

    public override long MinTicks => _part.Footer.Blocks[_block].MinTicks;

    public override long MaxTicks => _part.Footer.Blocks[_block].MaxTicks;

    public override bool IsSetAside => _part.IsSetAside;

    public override Vector Read(
        string column,
        ScalarType type,
        ScanStatistics statistics,
        BlockArrays? arrays,
        SiblingReader siblings,
        RowGroups? wanted = null)
    {
        Vector? vector = _part.Read(column, _block, out int readBytes, arrays, siblings, wanted);
        statistics.AddBytesScanned(readBytes);
        return vector is null ? Vector.Nulls(type, RowCount) : VectorCast.Widen(vector, type);
    }

    public override Vector ReadRows(
        string column,
        ScalarType type,
        ReadOnlySpan<int> rows,
        ScanStatistics statistics,
        BlockArrays? arrays,
        SiblingReader siblings)
    {
        Vector? vector = _part.ReadReferences(column, _block, rows, out int readBytes, arrays) ?? _part.ReadFew(column, _block, rows, out readBytes);
        if (vector is null)
        {
            return base.ReadRows(column, type, rows, statistics, arrays, siblings);
        }

        statistics.AddBytesScanned(readBytes);
        return VectorCast.Widen(vector, type);
    }

    public override (bool IsSelected, Vector? Column) Select(
        string column,
        ScalarType type,
        Func<Vector, bool[]> keeps,
        Bitmap selection,
        ScanStatistics statistics,
        BlockArrays? arrays)
    {
        if (_part.Footer.Find(column) is not { } found || found.Column.Type != type || !Part.ListsValues(found.Chunks[_block]))
        {
            return (false, null);
        }

        statistics.AddBytesScanned(found.Chunks[_block].SizeBytes);
        Vector? decoded = _part.Select(found, _block, keeps, selection, arrays);
        return (decoded is null, decoded);
    }

    public override bool CanReadGroups(string column, ScalarType type) => base.CanReadGroups(column, type) ||
        (type == ScalarType.String && _part.Footer.Find(column)?.Chunks[_block].Encoding == BlockEncoding.SharedDictionary);

    public override bool HasTemplates(string column, ScalarType type) =>
        _part.Footer.Find(column) is { } found && found.Column.Type == type &&
        found.Chunks[_block] is { SizeBytes: > 0, Encoding: BlockEncoding.Template };

    public override int? CountByTemplates(string column, Func<Vector, bool[]> keeps, ScanStatistics statistics)
    {
        PartColumn found = _part.Footer.Find(column)!;
        statistics.AddBytesScanned(found.Chunks[_block].DirectoryBytes);
        return _part.CountByTemplates(found, _block, keeps);
    }

    public override BlockSummary Summarize(TableSnapshot snapshot) => new PartSummary(_part, _block, snapshot);

    public override bool TrySetAside(CorruptDataException exception) => _part.TrySetAside(exception);
}
