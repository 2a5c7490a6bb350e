using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Schemas;

/// <summary>Batches one after the other as one batch.</summary>
public static class BatchJoin
{
    /// <summary>The columns of all batches, in the order in which they are first met; null where the types of one do not
    /// meet without becoming dynamic.</summary>
    /// <remarks>long and real meet in real where every integer is exact as a double. Rows of a batch without a column
    /// have nulls in it.</remarks>
    public static Schema? TryUnite(IReadOnlyList<Batch> batches)
    {
        var columns = new List<Column>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Batch batch in batches)
        {
            foreach (Column column in batch.Schema.Columns)
            {
                if (!places.TryGetValue(column.Name, out int place))
                {
                    places.Add(column.Name, columns.Count);
                    columns.Add(column);
                }
                else if (columns[place].Type != column.Type)
                {
                    columns[place] = new Column(column.Name, ScalarType.Real);
                }
            }
        }

        foreach (Batch batch in batches)
        {
            for (int column = 0; column < batch.Schema.Count; column++)
            {
                ScalarType type = columns[places[batch.Schema[column].Name]].Type;
                if (batch.Schema[column].Type != type &&
                    (batch.Schema[column].Type != ScalarType.Long || !SchemaWidening.IsExactInReal(batch[column])))
                {
                    return null;
                }
            }
        }

        return new Schema(columns);
    }

    /// <summary>All rows, in the order of the batches.</summary>
    /// <param name="batches">At least one.</param>
    /// <param name="schema">What <see cref="TryUnite"/> gave for them.</param>
    public static Batch Join(IReadOnlyList<Batch> batches, Schema schema)
    {
        var runs = new RowRun[batches.Count];
        int rowCount = 0;
        for (int batch = 0; batch < runs.Length; batch++)
        {
            runs[batch] = new RowRun(batch, 0, batches[batch].RowCount);
            rowCount = checked(rowCount + batches[batch].RowCount);
        }

        var vectors = new Vector[schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            (string name, ScalarType type) = (schema[column].Name, schema[column].Type);
            Vector[] pieces = [.. batches.Select(batch =>
                batch.Find(name) is { } vector ? VectorCast.Widen(vector, type) : Vector.Nulls(type, batch.RowCount))];
            vectors[column] = RunGather.Gather(type, pieces, runs, rowCount, arrays: null);
        }

        return new Batch(schema, vectors, rowCount);
    }
}
