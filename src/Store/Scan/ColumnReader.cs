using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Scan;

/// <summary>The columns of one block, each read once.</summary>
internal sealed class ColumnReader
{
    private readonly RowBlock _block;
    private readonly TableSnapshot _snapshot;
    private readonly ScanStatistics _statistics;
    private readonly BlockArrays? _arrays;
    private readonly Dictionary<string, Vector> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Vector> _partial = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Vector> _some = new(StringComparer.Ordinal);
    private int[] _rows = [];
    private bool _isClosed;

    public ColumnReader(RowBlock block, TableSnapshot snapshot, ScanStatistics statistics, BlockArrays? arrays)
    {
        _block = block;
        _snapshot = snapshot;
        _statistics = statistics;
        _arrays = arrays;
    }

    public Vector Read(string name)
    {
        if (!_columns.TryGetValue(name, out Vector? vector))
        {
            vector = _block.Read(name, _snapshot.TypeOf(name), _statistics, _arrays, Sibling);
            _columns.Add(name, vector);
        }

        return vector;
    }

    /// <summary>A column of which only some rows are looked at; those that were not wanted once never are again.</summary>
    public Vector Read(string name, RowGroups wanted)
    {
        if (!_columns.TryGetValue(name, out Vector? vector) && !_partial.TryGetValue(name, out vector))
        {
            vector = _block.Read(name, _snapshot.TypeOf(name), _statistics, _arrays, Sibling, wanted);
            _partial.Add(name, vector);
        }

        return vector;
    }

    /// <summary>Applies a condition on the values of one column to a block's list of them, where it has one and the column
    /// need not be read for it; false where not.</summary>
    public bool TrySelect(string name, ScanFilter filter, Bitmap selection)
    {
        if (_columns.ContainsKey(name) || _partial.ContainsKey(name))
        {
            return false;
        }

        (bool isSelected, Vector? vector) = _block.Select(name, _snapshot.TypeOf(name), filter.KeepsOf, selection, _statistics, _arrays);
        if (vector is not null)
        {
            _columns.Add(name, vector);
        }

        return isSelected;
    }

    /// <summary>Some rows of a column, which live as long as anybody refers to them.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Ascending; the same array for every column.</param>
    public Vector ReadRows(string name, int[] rows)
    {
        if (!ReferenceEquals(rows, _rows))
        {
            _rows = rows;
            _some.Clear();
        }

        if (!_some.TryGetValue(name, out Vector? some))
        {
            some = _columns.TryGetValue(name, out Vector? vector) || _partial.TryGetValue(name, out vector)
                ? RowBlock.Gather(vector, rows)
                : _block.ReadRows(name, _snapshot.TypeOf(name), rows, _statistics, _arrays, Sibling);
            _some.Add(name, some);
        }

        return some;
    }

    /// <summary>From now on the columns serve no other ones: their memory may be taken back.</summary>
    public void Close() => _isClosed = true;

    // Of few rows others are not even looked at: all columns of those rows are read once.
    private Vector? Sibling(string name, int[]? rows)
    {
        if (_isClosed)
        {
            return null;
        }

        if (rows is null)
        {
            return Read(name);
        }

        int[] places = Array.ConvertAll(rows, row => Array.BinarySearch(_rows, row));
        return Array.TrueForAll(places, place => place >= 0) ? ReadRows(name, _rows).Gather(places) : Read(name).Gather(rows);
    }
}
