using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Schemas;

/// <summary>Collects runs of rows of several vectors of one type into one vector: copies run by run.</summary>
internal static class RunGather
{
    /// <summary>The rows of the runs, one after the other; <paramref name="rowCount"/> in all.</summary>
    public static Vector Gather(ScalarType type, Vector[] vectors, ReadOnlySpan<RowRun> runs, int rowCount, BlockArrays? arrays)
    {
        bool isDense = Array.TrueForAll(vectors, vector => !vector.HasNulls);
        return type switch
        {
            ScalarType.Bool when isDense => Fixed<bool>(type, vectors, runs, rowCount, arrays),
            ScalarType.Int when isDense => Fixed<int>(type, vectors, runs, rowCount, arrays),
            ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan when isDense => Fixed<long>(type, vectors, runs, rowCount, arrays),
            ScalarType.Real when isDense => Fixed<double>(type, vectors, runs, rowCount, arrays),
            ScalarType.String => StringRunGather.Gather(Array.ConvertAll(vectors, vector => (StringVector)vector), runs, rowCount, arrays),
            _ => RowByRow(type, vectors, runs, rowCount),
        };
    }

    private static FixedVector<T> Fixed<T>(
        ScalarType type, Vector[] vectors, ReadOnlySpan<RowRun> runs, int rowCount, BlockArrays? arrays)
        where T : unmanaged
    {
        T[] values = BlockArrays.Rent<T>(arrays, rowCount);
        int next = 0;
        foreach (RowRun run in runs)
        {
            var source = (FixedVector<T>)vectors[run.Source];
            if (source.IsConstant)
            {
                values.AsSpan(next, run.Count).Fill(source[0]);
            }
            else
            {
                source.Values.Slice(run.Start, run.Count).CopyTo(values.AsSpan(next));
            }

            next += run.Count;
        }

        return new FixedVector<T>(type, values, rowCount);
    }

    private static Vector RowByRow(ScalarType type, Vector[] vectors, ReadOnlySpan<RowRun> runs, int rowCount)
    {
        int[] sources = SharedArrays.Rent<int>(rowCount);
        int[] rows = SharedArrays.Rent<int>(rowCount);
        int next = 0;
        foreach (RowRun run in runs)
        {
            sources.AsSpan(next, run.Count).Fill(run.Source);
            for (int row = 0; row < run.Count; row++)
            {
                rows[next++] = run.Start + row;
            }
        }

        Vector gathered = VectorGather.Gather(type, vectors, sources.AsSpan(0, rowCount), rows.AsSpan(0, rowCount));
        SharedArrays.Return(sources);
        SharedArrays.Return(rows);
        return gathered;
    }
}
