using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Schemas;

/// <summary>Collects rows of several vectors of one type into one vector.</summary>
internal static class VectorGather
{
    /// <summary>Row <c>i</c> of the result is row <c>rows[i]</c> of <c>vectors[sources[i]]</c>.</summary>
    public static Vector Gather(ScalarType type, Vector[] vectors, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows) => type switch
    {
        ScalarType.Bool => Fixed<bool>(type, vectors, sources, rows),
        ScalarType.Int => Fixed<int>(type, vectors, sources, rows),
        ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan => Fixed<long>(type, vectors, sources, rows),
        ScalarType.Real => Fixed<double>(type, vectors, sources, rows),
        ScalarType.Decimal => Fixed<decimal>(type, vectors, sources, rows),
        ScalarType.Guid => Fixed<Guid>(type, vectors, sources, rows),
        ScalarType.String => StringGather.Gather(Array.ConvertAll(vectors, vector => (StringVector)vector), sources, rows),
        _ => Dynamics(vectors, sources, rows),
    };

    private static FixedVector<T> Fixed<T>(ScalarType type, Vector[] vectors, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
        where T : unmanaged
    {
        var typed = Array.ConvertAll(vectors, vector => (FixedVector<T>)vector);
        T[] values = GC.AllocateUninitializedArray<T>(rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            values[row] = typed[sources[row]][rows[row]];
        }

        return new FixedVector<T>(type, values, rows.Length, Validity(vectors, sources, rows));
    }

    private static DynamicVector Dynamics(Vector[] vectors, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
    {
        var typed = Array.ConvertAll(vectors, vector => (DynamicVector)vector);
        long totalBytes = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            totalBytes += typed[sources[row]][rows[row]].Bytes.Length;
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)totalBytes));
        int[] offsets = new int[rows.Length + 1];
        for (int row = 0; row < rows.Length; row++)
        {
            ReadOnlySpan<byte> value = typed[sources[row]][rows[row]].Bytes;
            value.CopyTo(bytes.AsSpan(offsets[row]));
            offsets[row + 1] = offsets[row] + value.Length;
        }

        return new DynamicVector(new Utf8Values(offsets, bytes, rows.Length), Validity(vectors, sources, rows));
    }

    private static Bitmap? Validity(Vector[] vectors, ReadOnlySpan<int> sources, ReadOnlySpan<int> rows)
    {
        if (Array.TrueForAll(vectors, vector => !vector.HasNulls))
        {
            return null;
        }

        var validity = new Bitmap(rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            if (!vectors[sources[row]].IsNull(rows[row]))
            {
                validity[row] = true;
            }
        }

        return validity;
    }
}
