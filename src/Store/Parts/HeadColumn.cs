using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Parts;

/// <summary>One column of the head's chunks, made ready to be collected in another order.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Vectors">The vectors of the chunks, where they are collected as they are.</param>
/// <param name="Codes">By chunk and row a code, where they refer to a dictionary.</param>
/// <param name="Shared">The dictionary of the part.</param>
/// <param name="Entries">The dictionary, where it is text.</param>
internal sealed record HeadColumn(
    ScalarType Type, Vector[] Vectors, int[][]? Codes, SharedDictionary? Shared, Utf8Values? Entries)
{
    public static HeadColumn Of(ScalarType type, Vector[] vectors)
    {
        if (type != ScalarType.String || !Array.TrueForAll(vectors, vector => vector is StringVector { IsDictionary: true } or { IsConstant: true }))
        {
            return new HeadColumn(type, vectors, null, null, null);
        }

        // One dictionary for all chunks: each of their entries is looked up once, not once for each block.
        var interner = new Utf8Interner();
        int[][] codes = Array.ConvertAll(vectors, vector => Intern((StringVector)vector, interner));
        return new HeadColumn(type, [], codes, null, interner.Build());
    }

    public Vector Collect(ReadOnlySpan<int> sources, ReadOnlySpan<int> rows, BlockArrays arrays)
    {
        if (Codes is null)
        {
            return Type switch
            {
                ScalarType.Int when AreDense() => Fixed<int>(sources, rows, arrays),
                ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan when AreDense() => Fixed<long>(sources, rows, arrays),
                ScalarType.Real when AreDense() => Fixed<double>(sources, rows, arrays),
                _ => VectorGather.Gather(Type, Vectors, sources, rows),
            };
        }

        int[] codes = BlockArrays.Rent<int>(arrays, rows.Length);
        int[][] from = Codes;
        for (int row = 0; row < rows.Length; row++)
        {
            codes[row] = from[sources[row]][rows[row]];
        }

        return Shared is not null
            ? new StringVector(Shared, codes, rows.Length)
            : new StringVector(Entries!, codes, rows.Length) { HasDistinctEntries = true };
    }

    private static int[] Intern(StringVector vector, Utf8Interner interner)
    {
        int[] codes = GC.AllocateUninitializedArray<int>(vector.Length);
        if (vector.IsConstant)
        {
            codes.AsSpan().Fill(interner.Intern(vector.Values[0]));
            return codes;
        }

        Utf8Values values = vector.Values;
        int[] map = new int[values.Count];
        for (int entry = 0; entry < map.Length; entry++)
        {
            map[entry] = interner.Intern(values[entry]);
        }

        ReadOnlySpan<int> entries = vector.Codes;
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = map[entries[row]];
        }

        return codes;
    }

    private bool AreDense() => Array.TrueForAll(Vectors, vector => !vector.HasNulls && !vector.IsConstant);

    private FixedVector<T> Fixed<T>(ReadOnlySpan<int> sources, ReadOnlySpan<int> rows, BlockArrays arrays)
        where T : unmanaged
    {
        var typed = Array.ConvertAll(Vectors, vector => (FixedVector<T>)vector);
        T[] values = BlockArrays.Rent<T>(arrays, rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            values[row] = typed[sources[row]][rows[row]];
        }

        return new FixedVector<T>(Type, values, rows.Length);
    }
}
