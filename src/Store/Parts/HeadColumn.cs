using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Parts;

/// <summary>One column of the head's chunks, made ready to be collected in another order.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Vectors">The vectors of the chunks, or one for all, where they are collected as they are.</param>
/// <param name="Values">The numbers of all chunks, one after the other, where they are dense.</param>
/// <param name="Codes">Codes of all chunks, one after the other, where they refer to a dictionary.</param>
/// <param name="Shared">The dictionary of the part.</param>
/// <param name="Entries">The dictionary, where it is text.</param>
internal sealed record HeadColumn(
    ScalarType Type, Vector[] Vectors, Array? Values, int[]? Codes, SharedDictionary? Shared, Utf8Values? Entries)
{
    public static HeadColumn Of(ScalarType type, Vector[] vectors)
    {
        if (type == ScalarType.String && Array.TrueForAll(vectors, vector => vector is StringVector { IsDictionary: true } or { IsConstant: true }))
        {
            // One dictionary for all chunks: each of their entries is looked up once, not once for each block.
            var interner = new Utf8Interner();
            int[] codes = GC.AllocateUninitializedArray<int>(vectors.Sum(vector => vector.Length));
            int start = 0;
            foreach (Vector vector in vectors)
            {
                Intern((StringVector)vector, interner, codes.AsSpan(start, vector.Length));
                start += vector.Length;
            }

            return new HeadColumn(type, [], null, codes, null, interner.Build());
        }

        if (vectors.Length > 1 && Array.TrueForAll(vectors, vector => vector is StringVector { Templates: not null }))
        {
            return new HeadColumn(type, [Joined(vectors)], null, null, null, null);
        }

        Array? values = !Array.TrueForAll(vectors, vector => !vector.HasNulls) ? null : type switch
        {
            ScalarType.Int => Flatten<int>(vectors),
            ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan => Flatten<long>(vectors),
            ScalarType.Real => Flatten<double>(vectors),
            _ => null,
        };
        return new HeadColumn(type, values is null ? vectors : [], values, null, null, null);
    }

    /// <summary>Some rows.</summary>
    /// <param name="places">By row its place among the rows of all chunks.</param>
    /// <param name="sources">By row its chunk.</param>
    /// <param name="rows">By row its place in its chunk.</param>
    /// <param name="arrays">Lends the room.</param>
    public Vector Collect(ReadOnlySpan<int> places, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows, BlockArrays arrays)
    {
        if (Codes is null)
        {
            return Values switch
            {
                int[] ints => new FixedVector<int>(Type, Pick(ints, places, arrays), places.Length),
                long[] longs => new FixedVector<long>(Type, Pick(longs, places, arrays), places.Length),
                double[] reals => new FixedVector<double>(Type, Pick(reals, places, arrays), places.Length),
                _ when Vectors.Length == 1 => Vectors[0].Gather(places, arrays),
                _ => VectorGather.Gather(Type, Vectors, sources, rows),
            };
        }

        int[] codes = Pick(Codes, places, arrays);
        return Shared is not null
            ? new StringVector(Shared, codes, places.Length)
            : new StringVector(Entries!, codes, places.Length) { HasDistinctEntries = true };
    }

    // Variables of all chunks side by side: a block then takes each of them by one number.
    private static StringVector Joined(Vector[] vectors)
    {
        RowRun[] runs = [.. vectors.Select((vector, source) => new RowRun(source, 0, vector.Length))];
        int rowCount = vectors.Sum(vector => vector.Length);
        return StringRunGather.Gather(Array.ConvertAll(vectors, vector => (StringVector)vector), runs, rowCount, arrays: null);
    }

    private static void Intern(StringVector vector, Utf8Interner interner, Span<int> codes)
    {
        if (vector.IsConstant)
        {
            codes.Fill(interner.Intern(vector.Values[0]));
            return;
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
    }

    private static T[] Flatten<T>(Vector[] vectors)
        where T : unmanaged
    {
        T[] values = GC.AllocateUninitializedArray<T>(vectors.Sum(vector => vector.Length));
        int start = 0;
        foreach (Vector vector in vectors)
        {
            var typed = (FixedVector<T>)vector;
            Span<T> room = values.AsSpan(start, vector.Length);
            if (typed.IsConstant && !room.IsEmpty)
            {
                room.Fill(typed[0]);
            }
            else
            {
                typed.Values.CopyTo(room);
            }

            start += vector.Length;
        }

        return values;
    }

    private static T[] Pick<T>(T[] values, ReadOnlySpan<int> places, BlockArrays arrays)
        where T : unmanaged
    {
        T[] picked = BlockArrays.Rent<T>(arrays, places.Length);
        for (int row = 0; row < places.Length; row++)
        {
            picked[row] = values[places[row]];
        }

        return picked;
    }
}
