using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Schemas;

/// <summary>How a table's schema grows when a batch comes in.</summary>
/// <remarks>
/// New columns are added; int widens to long; integers and reals meet in real where every integer on either side is
/// exact as
/// a double (magnitude at most 2^53), else in dynamic; any other conflict meets in dynamic. Columns without values
/// never widen.
/// </remarks>
internal static class SchemaWidening
{
    /// <summary>Largest magnitude below which every integer is exact as a double.</summary>
    public const long MaxExactInReal = 1L << 53;

    /// <summary>The schema that holds the table's rows and the batch's; the same object where nothing
    /// changes.</summary>
    /// <param name="schema">The table's.</param>
    /// <param name="batch">The rows to come.</param>
    /// <param name="maxColumns">Most columns a table may have.</param>
    /// <param name="isStoredExactInReal">Whether every stored integer of a column is exact as a real.</param>
    /// <exception cref="StoreException">Too many columns.</exception>
    public static Schema Widen(Schema schema, Batch batch, int maxColumns, Func<string, bool> isStoredExactInReal)
    {
        List<Column>? columns = null;
        for (int index = 0; index < batch.Schema.Count; index++)
        {
            Column column = batch.Schema[index];
            int known = schema.IndexOf(column.Name);
            if ((known >= 0 && schema[known].Type == column.Type) || IsAllNull(batch[index]))
            {
                continue;
            }

            if (known < 0)
            {
                columns ??= [.. schema.Columns];
                columns.Add(column);
                continue;
            }

            ScalarType meeting = Meet(schema[known], batch[index], isStoredExactInReal);
            if (meeting != schema[known].Type)
            {
                columns ??= [.. schema.Columns];
                columns[known] = new Column(column.Name, meeting);
            }
        }

        if (columns is null)
        {
            return schema;
        }

        if (columns.Count > maxColumns && columns.Count > schema.Count)
        {
            throw new StoreException(
                "too_many_columns",
                $"the table would have {columns.Count} columns, the limit is {maxColumns}; new ones, for instance, '{columns[^1].Name}'");
        }

        return new Schema(columns);
    }

    /// <summary>Whether no row has a value: all null, or all empty strings.</summary>
    public static bool IsAllNull(Vector vector) => vector switch
    {
        StringVector strings => HasOnlyEmpty(strings),
        { Validity: null } => vector.Length == 0,
        _ => vector.Validity.Words.IndexOfAnyExcept(0UL) < 0,
    };

    /// <summary>Whether every integer of a vector is exact as a double.</summary>
    public static bool IsExactInReal(Vector vector)
    {
        if (vector is not FixedVector<long> longs)
        {
            return vector is FixedVector<int> or FixedVector<double>;
        }

        foreach (long value in longs.Values)
        {
            if (value is > MaxExactInReal or < -MaxExactInReal)
            {
                return false;
            }
        }

        return true;
    }

    private static ScalarType Meet(Column stored, Vector vector, Func<string, bool> isStoredExactInReal) =>
        (stored.Type, vector.Type) switch
        {
            (ScalarType.Int, ScalarType.Long) or (ScalarType.Long, ScalarType.Int) => ScalarType.Long,
            (ScalarType.Int, ScalarType.Real) or (ScalarType.Real, ScalarType.Int) => ScalarType.Real,
            (ScalarType.Real, ScalarType.Long) when IsExactInReal(vector) => ScalarType.Real,
            (ScalarType.Long, ScalarType.Real) when isStoredExactInReal(stored.Name) => ScalarType.Real,
            _ => ScalarType.Dynamic,
        };

    private static bool HasOnlyEmpty(StringVector strings)
    {
        if (strings.Values.Bytes.IsEmpty || strings.Values.Offsets[0] == strings.Values.Offsets[^1])
        {
            return true;
        }

        for (int row = 0; row < strings.Length; row++)
        {
            if (!strings[row].IsEmpty)
            {
                return false;
            }
        }

        return true;
    }
}
