using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Alert.Judges;

/// <summary>Collects rows that fire: a key of some batch, then numbers. One owner.</summary>
internal sealed class FiringRows
{
    private readonly IReadOnlyList<int> _keyColumns;
    private readonly Schema _schema;
    private readonly VectorBuilder[] _builders;
    private int _rowCount;

    /// <summary>No rows.</summary>
    /// <param name="values">Schema of the values judged; its other columns are left out.</param>
    /// <param name="keyColumns">Where the key is in it; it comes to the same places.</param>
    /// <param name="numbers">Names of the numbers.</param>
    public FiringRows(Schema values, IReadOnlyList<int> keyColumns, params ReadOnlySpan<string> numbers)
    {
        // Keys of a judged query are its first columns.
        _keyColumns = keyColumns;
        var columns = new List<Column>(keyColumns.Select(column => values[column]));
        foreach (string number in numbers)
        {
            columns.Add(new Column(number, ScalarType.Real));
        }

        _schema = new Schema(columns);
        _builders = [.. columns.Select(column => VectorBuilder.Create(column.Type))];
    }

    /// <summary>Adds a row.</summary>
    /// <param name="source">Where its key is.</param>
    /// <param name="row">Its row there.</param>
    /// <param name="numbers">Its numbers; NaN and the infinite become null.</param>
    public void Add(IReadOnlyList<Vector> source, int row, params ReadOnlySpan<double> numbers)
    {
        for (int key = 0; key < _keyColumns.Count; key++)
        {
            _builders[key].AppendRange(source[key], row, 1);
        }

        for (int number = 0; number < numbers.Length; number++)
        {
            var builder = (FixedVectorBuilder<double>)_builders[_keyColumns.Count + number];
            if (double.IsFinite(numbers[number]))
            {
                builder.Append(numbers[number]);
            }
            else
            {
                builder.AppendNull();
            }
        }

        _rowCount++;
    }

    /// <summary>The rows.</summary>
    public Batch Build() => new(_schema, [.. _builders.Select(builder => builder.Build())], _rowCount);
}
