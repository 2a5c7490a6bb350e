using System.Runtime.CompilerServices;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Head;

/// <summary>Bytes of memory that rows take, about.</summary>
internal static class BatchSize
{
    // Object headers, the schema's entry, the slot in the batch.
    private const int VectorOverheadBytes = 96;

    public static long Of(Batch batch)
    {
        long sizeBytes = 0;
        foreach (Vector vector in batch.Vectors)
        {
            sizeBytes += Of(vector);
        }

        return sizeBytes;
    }

    public static long Of(Vector vector)
    {
        long sizeBytes = VectorOverheadBytes + (vector.Validity is { } validity ? validity.Length / 8 : 0);
        return sizeBytes + vector switch
        {
            StringVector { Templates: { } templates } => templates.SizeBytes,
            StringVector { Shared: not null } => 4L * vector.Length,
            StringVector strings => Of(strings.Values) + (4L * strings.Codes.Length),
            DynamicVector dynamics => Of(dynamics.Values),
            FixedVector<bool> bools => bools.PhysicalLength,
            FixedVector<int> ints => 4L * ints.PhysicalLength,
            FixedVector<decimal> or FixedVector<Guid> => 16L * vector.PhysicalLength,
            _ => (long)Unsafe.SizeOf<long>() * vector.PhysicalLength,
        };
    }

    private static long Of(Utf8Values values) => values.Offsets[^1] + (4L * values.Offsets.Length);
}
