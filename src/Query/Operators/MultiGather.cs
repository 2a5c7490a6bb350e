using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators;

/// <summary>Gathers rows of several vectors (one column of several batches) into one.</summary>
internal static class MultiGather
{
    /// <summary>Gathers.</summary>
    /// <param name="type">Type of all sources.</param>
    /// <param name="sources">The column in each batch.</param>
    /// <param name="rows">Which rows, in order; missing rows become null.</param>
    public static Vector Gather(ScalarType type, Vector[] sources, ReadOnlySpan<RowReference> rows) => type switch
    {
        ScalarType.Bool => Fixed<bool>(type, sources, rows),
        ScalarType.Int => Fixed<int>(type, sources, rows),
        ScalarType.Real => Fixed<double>(type, sources, rows),
        ScalarType.Decimal => Fixed<decimal>(type, sources, rows),
        ScalarType.Guid => Fixed<Guid>(type, sources, rows),
        ScalarType.String => Strings(sources, rows),
        ScalarType.Dynamic => Dynamics(sources, rows),
        _ => Fixed<long>(type, sources, rows),
    };

    private static FixedVector<T> Fixed<T>(ScalarType type, Vector[] sources, ReadOnlySpan<RowReference> rows)
        where T : unmanaged
    {
        T[] values = new T[rows.Length];
        Bitmap? validity = null;
        for (int row = 0; row < rows.Length; row++)
        {
            RowReference reference = rows[row];
            if (reference.Batch < 0 || sources[reference.Batch].IsNull(reference.Row))
            {
                validity ??= Bitmap.AllSet(rows.Length);
                validity[row] = false;
                continue;
            }

            values[row] = ((FixedVector<T>)sources[reference.Batch])[reference.Row];
        }

        return new FixedVector<T>(type, values, rows.Length, validity);
    }

    private static StringVector Strings(Vector[] sources, ReadOnlySpan<RowReference> rows)
    {
        if (SharedDictionary(sources, rows) is { } dictionary)
        {
            int[] codes = new int[rows.Length];
            for (int row = 0; row < rows.Length; row++)
            {
                codes[row] = ((StringVector)sources[rows[row].Batch]).Codes[rows[row].Row];
            }

            return new StringVector(dictionary, codes, rows.Length);
        }

        var builder = new StringVectorBuilder();
        foreach (RowReference reference in rows)
        {
            builder.Append(reference.Batch < 0 ? default : ((StringVector)sources[reference.Batch])[reference.Row]);
        }

        return (StringVector)builder.Build();
    }

    private static Utf8Values? SharedDictionary(Vector[] sources, ReadOnlySpan<RowReference> rows)
    {
        Utf8Values? shared = null;
        foreach (Vector source in sources)
        {
            if (source is not StringVector { IsDictionary: true } text || (shared is not null && shared != text.Values))
            {
                return null;
            }

            shared = text.Values;
        }

        foreach (RowReference reference in rows)
        {
            if (reference.Batch < 0)
            {
                return null;
            }
        }

        return shared;
    }

    private static DynamicVector Dynamics(Vector[] sources, ReadOnlySpan<RowReference> rows)
    {
        var builder = new DynamicVectorBuilder();
        foreach (RowReference reference in rows)
        {
            builder.Append(reference.Batch < 0 ? default : ((DynamicVector)sources[reference.Batch])[reference.Row].Bytes);
        }

        return (DynamicVector)builder.Build();
    }
}
