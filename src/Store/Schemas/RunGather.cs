using System.Buffers;
using Bongsu.Core.Encodings;
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
            ScalarType.String when vectors[0] is StringVector { Shared: { } shared } &&
                Array.TrueForAll(vectors, vector => ((StringVector)vector).Shared == shared) => OfShared(shared, vectors, runs, rowCount, arrays),
            ScalarType.String when Array.TrueForAll(vectors, IsCoded) => Coded(vectors, runs, rowCount, arrays),
            ScalarType.String when Array.TrueForAll(vectors, IsPlain) => Plain(vectors, runs, rowCount),
            _ => RowByRow(type, vectors, runs, rowCount),
        };
    }

    private static bool IsPlain(Vector vector) =>
        vector is StringVector { Templates: null, Shared: null, IsDictionary: false, IsConstant: false };

    private static bool IsCoded(Vector vector) => vector is StringVector { IsDictionary: true } or { IsConstant: true };

    private static StringVector OfShared(
        SharedDictionary shared, Vector[] vectors, ReadOnlySpan<RowRun> runs, int rowCount, BlockArrays? arrays)
    {
        int[] codes = BlockArrays.Rent<int>(arrays, rowCount);
        int next = 0;
        foreach (RowRun run in runs)
        {
            ((StringVector)vectors[run.Source]).SharedCodes.Slice(run.Start, run.Count).CopyTo(codes.AsSpan(next));
            next += run.Count;
        }

        return new StringVector(shared, codes, rowCount);
    }

    // Dictionaries become one; only entries that are used go in.
    private static StringVector Coded(Vector[] vectors, ReadOnlySpan<RowRun> runs, int rowCount, BlockArrays? arrays)
    {
        var interner = new Utf8Interner();
        int[]?[] maps = new int[]?[vectors.Length];
        int[] codes = BlockArrays.Rent<int>(arrays, rowCount);
        int next = 0;
        foreach (RowRun run in runs)
        {
            var vector = (StringVector)vectors[run.Source];
            if (vector.IsConstant)
            {
                codes.AsSpan(next, run.Count).Fill(interner.Intern(vector.Values[0]));
                next += run.Count;
                continue;
            }

            ref int[]? map = ref maps[run.Source];
            if (map is null)
            {
                map = new int[vector.Values.Count];
                Array.Fill(map, -1);
            }

            foreach (int entry in vector.Codes.Slice(run.Start, run.Count))
            {
                ref int known = ref map[entry];
                codes[next++] = known >= 0 ? known : known = interner.Intern(vector.Values[entry]);
            }
        }

        return new StringVector(interner.Build(), codes, rowCount) { HasDistinctEntries = true };
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

    private static StringVector Plain(Vector[] vectors, ReadOnlySpan<RowRun> runs, int rowCount)
    {
        long totalBytes = 0;
        foreach (RowRun run in runs)
        {
            ReadOnlySpan<int> offsets = ((StringVector)vectors[run.Source]).Values.Offsets;
            totalBytes += offsets[run.Start + run.Count] - offsets[run.Start];
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)totalBytes));
        int[] places = GC.AllocateUninitializedArray<int>(rowCount + 1);
        int row = 0;
        places[0] = 0;
        foreach (RowRun run in runs)
        {
            Utf8Values values = ((StringVector)vectors[run.Source]).Values;
            ReadOnlySpan<int> offsets = values.Offsets.Slice(run.Start, run.Count + 1);
            values.Bytes[offsets[0]..offsets[^1]].CopyTo(bytes.AsSpan(places[row]));
            int shift = places[row] - offsets[0];
            foreach (int offset in offsets[1..])
            {
                places[++row] = offset + shift;
            }
        }

        return new StringVector(new Utf8Values(places, bytes, rowCount));
    }

    private static Vector RowByRow(ScalarType type, Vector[] vectors, ReadOnlySpan<RowRun> runs, int rowCount)
    {
        int[] sources = ArrayPool<int>.Shared.Rent(rowCount);
        int[] rows = ArrayPool<int>.Shared.Rent(rowCount);
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
        ArrayPool<int>.Shared.Return(sources);
        ArrayPool<int>.Shared.Return(rows);
        return gathered;
    }
}
