using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Walks the columns that another may refer to, block by block beside it. One owner.</summary>
internal sealed class SiblingBlocks : IDisposable
{
    // What people log twice is among the first columns; a table with a thousand must not read them all twice.
    private const int MaxSiblings = 24;

    private readonly (string Name, IEnumerator<Vector> Blocks)[] _columns;
    private readonly SiblingColumn[] _current;

    public SiblingBlocks(IReadOnlyList<ColumnBlocks> columns)
    {
        _columns = [.. columns.Take(MaxSiblings).Select(column => (column.Column.Name, column.Blocks.GetEnumerator()))];
        _current = new SiblingColumn[_columns.Length];
    }

    /// <summary>Whether text of a table is worth comparing with a column.</summary>
    public static bool CanBe(Column column) =>
        column.Name != SystemColumns.Message && !SystemColumns.IsReserved(column.Name) &&
        column.Type is ScalarType.String or ScalarType.Long or ScalarType.Int or ScalarType.Real;

    /// <summary>The next block of each; valid until the next call.</summary>
    public IReadOnlyList<SiblingColumn> Next()
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            if (!_columns[column].Blocks.MoveNext())
            {
                throw new InvalidOperationException($"column {_columns[column].Name} has fewer blocks than the one that refers to it");
            }

            _current[column] = new SiblingColumn(_columns[column].Name, _columns[column].Blocks.Current);
        }

        return _current;
    }

    public void Dispose() => Array.ForEach(_columns, column => column.Blocks.Dispose());
}
