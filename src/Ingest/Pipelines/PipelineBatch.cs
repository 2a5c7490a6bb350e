using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Pipelines;

/// <summary>A batch while a pipeline works on it. One owner.</summary>
internal sealed class PipelineBatch
{
    private readonly List<Column> _columns;
    private readonly List<Vector> _vectors;
    private int[]? _keptRows;

    public PipelineBatch(Batch batch)
    {
        _columns = [.. batch.Schema.Columns];
        _vectors = [.. batch.Vectors];
        RowCount = batch.RowCount;
    }

    /// <summary>Rows left.</summary>
    public int RowCount { get; private set; }

    /// <summary>Columns.</summary>
    public int ColumnCount => _columns.Count;

    /// <summary>The column at a position.</summary>
    public Column ColumnAt(int column) => _columns[column];

    /// <summary>The values of the column at a position.</summary>
    public Vector this[int column] => _vectors[column];

    /// <summary>Position of a column, or -1.</summary>
    public int IndexOf(string name) => _columns.FindIndex(column => column.Name == name);

    /// <summary>Puts other values, perhaps of another type, in a column's place.</summary>
    public void Replace(int column, Vector values)
    {
        _vectors[column] = values;
        _columns[column] = new Column(_columns[column].Name, values.Type);
    }

    /// <summary>Adds a column, or puts it in the place of the one with its name.</summary>
    public void Put(string name, Vector values)
    {
        int column = IndexOf(name);
        if (column >= 0)
        {
            Replace(column, values);
            return;
        }

        _columns.Add(new Column(name, values.Type));
        _vectors.Add(values);
    }

    /// <summary>Renames a column; where the new name is taken, the values there are filled up with these.</summary>
    public void Rename(int column, string name)
    {
        int taken = IndexOf(name);
        if (taken == column)
        {
            return;
        }

        if (taken < 0)
        {
            _columns[column] = new Column(name, _columns[column].Type);
            return;
        }

        Replace(taken, VectorOverlay.Merge(_vectors[column], _vectors[taken]));
        RemoveAt(column);
    }

    /// <summary>Takes a column out. The event time stays: every row has one.</summary>
    public void RemoveAt(int column)
    {
        if (_columns[column].Name != FieldConvention.Timestamp)
        {
            _columns.RemoveAt(column);
            _vectors.RemoveAt(column);
        }
    }

    /// <summary>Keeps the given rows, ascending.</summary>
    public void Keep(int[] rows)
    {
        if (rows.Length == RowCount)
        {
            return;
        }

        for (int column = 0; column < _vectors.Count; column++)
        {
            _vectors[column] = Gather(_vectors[column], rows);
        }

        if (_keptRows is { } before)
        {
            rows = Array.ConvertAll(rows, row => before[row]);
        }

        _keptRows = rows;
        RowCount = rows.Length;
    }

    /// <summary>The result.</summary>
    public PipelineResult Build() => new(new Batch(new Schema(_columns), [.. _vectors], RowCount), _keptRows);

    // A dictionary would keep the entries of dropped rows, and carry them to the disk.
    private static Vector Gather(Vector vector, int[] rows)
    {
        if (vector is not StringVector { IsDictionary: true } strings)
        {
            return vector.Gather(rows);
        }

        var entries = new StringVectorBuilder();
        int[] codes = new int[rows.Length];
        int[] codeByOld = new int[strings.Values.Count];
        Array.Fill(codeByOld, -1);
        for (int row = 0; row < rows.Length; row++)
        {
            int old = strings.Codes[rows[row]];
            if (codeByOld[old] < 0)
            {
                codeByOld[old] = entries.Count;
                entries.Append(strings.Values[old]);
            }

            codes[row] = codeByOld[old];
        }

        return new StringVector(((StringVector)entries.Build()).Values, codes, rows.Length);
    }
}
