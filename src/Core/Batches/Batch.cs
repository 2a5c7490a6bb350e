using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Batches;

/// <summary>Equally long typed columns: what flows between all rooms. Immutable.</summary>
public sealed class Batch
{
    private readonly Vector[] _vectors;

    /// <summary>Takes ownership of the vectors, one for each column of the schema, all of <paramref name="rowCount"/>
    /// rows.</summary>
    /// <exception cref="ArgumentException">Count, type or length of a vector differs from the schema.</exception>
    public Batch(Schema schema, Vector[] vectors, int rowCount)
    {
        if (vectors.Length != schema.Count)
        {
            throw new ArgumentException($"{vectors.Length} vectors for {schema.Count} columns");
        }

        for (int column = 0; column < vectors.Length; column++)
        {
            if (vectors[column].Length != rowCount || vectors[column].Type != schema[column].Type)
            {
                throw new ArgumentException(
                    $"column {schema[column]}: a vector of {vectors[column].Length} × {vectors[column].Type.Name()} for {rowCount} rows");
            }
        }

        Schema = schema;
        RowCount = rowCount;
        _vectors = vectors;
    }

    /// <summary>Names and types.</summary>
    public Schema Schema { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The columns' values, in the schema's order.</summary>
    public ReadOnlySpan<Vector> Vectors => _vectors;

    /// <summary>One column's values.</summary>
    public Vector this[int column] => _vectors[column];

    /// <summary>No rows of a schema.</summary>
    public static Batch Empty(Schema schema)
    {
        var vectors = new Vector[schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            vectors[column] = Vector.Nulls(schema[column].Type, 0);
        }

        return new Batch(schema, vectors, 0);
    }

    /// <summary>The given rows, in the given order.</summary>
    public Batch Gather(ReadOnlySpan<int> rows)
    {
        var gathered = new Vector[_vectors.Length];
        for (int column = 0; column < gathered.Length; column++)
        {
            gathered[column] = _vectors[column].Gather(rows);
        }

        return new Batch(Schema, gathered, rows.Length);
    }

    /// <summary>A column by name, or null.</summary>
    public Vector? Find(string name) => Schema.IndexOf(name) is >= 0 and var index ? _vectors[index] : null;
}
