using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators;

/// <summary>Memory of vectors, about.</summary>
internal static class VectorSize
{
    /// <summary>Bytes that a vector holds.</summary>
    public static long Of(Vector vector) => vector switch
    {
        StringVector { IsDictionary: true } text => (4L * text.Length) + SizeOf(text.Values),
        StringVector { Shared: not null } text => 4L * text.Length,
        StringVector { Templates: { } templates } => templates.SizeBytes,
        StringVector text => SizeOf(text.Values),
        DynamicVector values => SizeOf(values.Values) + (vector.PhysicalLength >> 3),
        _ => ((long)vector.PhysicalLength * Width(vector.Type)) + (vector.PhysicalLength >> 3),
    };

    /// <summary>Bytes of one value of fixed width.</summary>
    public static int Width(ScalarType type) => type switch
    {
        ScalarType.Bool => 1,
        ScalarType.Int => 4,
        ScalarType.Decimal or ScalarType.Guid => 16,
        _ => 8,
    };

    private static long SizeOf(Utf8Values values) => values.Bytes.Length + (4L * values.Count);
}
