using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;

namespace Bongsu.Stream.Windows;

/// <summary>The live rows of a committed batch (or some of them) as queries want to see them; what one asked for is
/// kept for the next.</summary>
internal sealed class LiveBatch
{
    private readonly CommittedBatch _committed;
    private readonly int[]? _rows;
    private readonly Dictionary<Column, Vector> _columns = [];

    /// <summary>Wraps rows.</summary>
    /// <param name="committed">The batch.</param>
    /// <param name="rows">The live rows, ascending; null = all.</param>
    public LiveBatch(CommittedBatch committed, int[]? rows)
    {
        _committed = committed;
        _rows = rows;
        RowCount = rows?.Length ?? committed.Batch.RowCount;
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Position in the log.</summary>
    public long Sequence => _committed.Sequence;

    /// <summary>When it arrived.</summary>
    public long IngestedTicks => _committed.IngestedTicks;

    /// <summary>Event times.</summary>
    public FixedVector<long> Timestamps => (FixedVector<long>)Find(new Column(SystemColumns.Timestamp, ScalarType.DateTime));

    /// <summary>A column in a type; nulls where the batch does not have it.</summary>
    public Vector Find(Column column)
    {
        if (!_columns.TryGetValue(column, out Vector? vector))
        {
            vector = _committed.ColumnAs(column);
            vector = _rows is null ? vector : vector.Gather(_rows);
            _columns.Add(column, vector);
        }

        return vector;
    }

    /// <summary>All columns of a schema.</summary>
    public Batch View(Schema schema)
    {
        var vectors = new Vector[schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            vectors[column] = Find(schema[column]);
        }

        return new Batch(schema, vectors, RowCount);
    }

    /// <summary>Some of these rows.</summary>
    /// <param name="rows">Positions here, ascending.</param>
    public LiveBatch Pick(int[] rows) => new(_committed, _rows is null ? rows : [.. rows.Select(row => _rows[row])]);
}
