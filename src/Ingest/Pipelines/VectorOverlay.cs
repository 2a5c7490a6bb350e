using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Pipelines;

/// <summary>Lays the values of one column over another's.</summary>
internal static class VectorOverlay
{
    /// <summary>The upper value where it is there (not null, not an empty string), else the lower. Different types
    /// become dynamic.</summary>
    public static Vector Merge(Vector lower, Vector upper)
    {
        ScalarType type = lower.Type == upper.Type ? lower.Type : ScalarType.Dynamic;
        VectorBuilder builder = VectorBuilder.Create(type);
        var writer = new DynamicWriter();
        for (int row = 0; row < upper.Length; row++)
        {
            Vector source = IsAbsent(upper, row) ? lower : upper;
            if (source.Type == type)
            {
                Append(builder, source, row);
            }
            else
            {
                AppendDynamic((DynamicVectorBuilder)builder, source, row, writer);
            }
        }

        return builder.Build();
    }

    /// <summary>Whether a row has no value.</summary>
    public static bool IsAbsent(Vector vector, int row) =>
        vector.IsNull(row) || (vector is StringVector strings && strings[row].IsEmpty);

    /// <summary>Writes a row's value as a dynamic one.</summary>
    public static void AppendDynamic(DynamicVectorBuilder builder, Vector source, int row, DynamicWriter writer)
    {
        if (IsAbsent(source, row))
        {
            builder.AppendNull();
            return;
        }

        writer.Clear();
        writer.WriteValue(source, row);
        builder.Append(writer.Written);
    }

    // AppendRows indexes physical storage in places; a constant's only value stands at 0.
    private static void Append(VectorBuilder builder, Vector source, int row) => builder.AppendRow(source, row & source.RowMask);
}
