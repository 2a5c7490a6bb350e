using Bongsu.Core.Encodings;
using Bongsu.Core.Templates;

namespace Bongsu.Core.Vectors;

/// <summary>Collects runs of rows of several string vectors into one, in the form that they have in common: copies run by
/// run.</summary>
public static class StringRunGather
{
    // Shorter runs are not worth what each of them costs.
    private const int MinTemplatedRunRows = 16;

    /// <summary>The rows of the runs, one after the other; <paramref name="rowCount"/> in all.</summary>
    public static StringVector Gather(
        ReadOnlySpan<StringVector> vectors, ReadOnlySpan<RowRun> runs, int rowCount, BlockArrays? arrays)
    {
        if (vectors is [{ Shared: { } shared }, ..] && All(vectors, vector => vector.Shared == shared))
        {
            return OfShared(shared, vectors, runs, rowCount, arrays);
        }

        if (All(vectors, vector => vector.IsDictionary || vector.IsConstant))
        {
            return Coded(vectors, runs, rowCount, arrays);
        }

        if (All(vectors, vector => vector is { Templates: null, Shared: null, IsDictionary: false, IsConstant: false }))
        {
            return Plain(vectors, runs, rowCount);
        }

        return All(vectors, vector => vector.Templates is not null) && runs.Length * MinTemplatedRunRows <= rowCount
            ? new StringVector(TemplateRuns.Gather([.. vectors.ToArray().Select(vector => vector.Templates!)], runs, rowCount))
            : RowByRow(vectors, runs, rowCount);
    }

    private static bool All(ReadOnlySpan<StringVector> vectors, Func<StringVector, bool> isSo)
    {
        foreach (StringVector vector in vectors)
        {
            if (!isSo(vector))
            {
                return false;
            }
        }

        return true;
    }

    private static StringVector OfShared(
        SharedDictionary shared, ReadOnlySpan<StringVector> vectors, ReadOnlySpan<RowRun> runs, int rowCount, BlockArrays? arrays)
    {
        int[] codes = BlockArrays.Rent<int>(arrays, rowCount);
        int next = 0;
        foreach (RowRun run in runs)
        {
            vectors[run.Source].SharedCodes.Slice(run.Start, run.Count).CopyTo(codes.AsSpan(next));
            next += run.Count;
        }

        return new StringVector(shared, codes, rowCount);
    }

    // Dictionaries become one; only entries that are used go in.
    private static StringVector Coded(ReadOnlySpan<StringVector> vectors, ReadOnlySpan<RowRun> runs, int rowCount, BlockArrays? arrays)
    {
        var interner = new Utf8Interner();
        int[]?[] maps = new int[]?[vectors.Length];
        int[] codes = BlockArrays.Rent<int>(arrays, rowCount);
        int next = 0;
        foreach (RowRun run in runs)
        {
            StringVector vector = vectors[run.Source];
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

    private static StringVector Plain(ReadOnlySpan<StringVector> vectors, ReadOnlySpan<RowRun> runs, int rowCount)
    {
        long totalBytes = 0;
        foreach (RowRun run in runs)
        {
            ReadOnlySpan<int> offsets = vectors[run.Source].Values.Offsets;
            totalBytes += offsets[run.Start + run.Count] - offsets[run.Start];
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)totalBytes));
        int[] places = GC.AllocateUninitializedArray<int>(rowCount + 1);
        int row = 0;
        places[0] = 0;
        foreach (RowRun run in runs)
        {
            Utf8Values values = vectors[run.Source].Values;
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

    private static StringVector RowByRow(ReadOnlySpan<StringVector> vectors, ReadOnlySpan<RowRun> runs, int rowCount)
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

        StringVector gathered = StringGather.Gather(vectors, sources.AsSpan(0, rowCount), rows.AsSpan(0, rowCount));
        SharedArrays.Return(sources);
        SharedArrays.Return(rows);
        return gathered;
    }
}
