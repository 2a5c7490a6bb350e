using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Rows that aggregates take in where they skip nulls.</summary>
internal static class NonNullRows
{
    /// <summary>
    /// The rows that are not null in one vector; their groups come to stand at the front of <paramref name="groups"/>.
    /// </summary>
    public static int[] Of(Vector vector, ReadOnlySpan<int> rowGroups, out int[] groups)
    {
        int[] rows = new int[rowGroups.Length];
        groups = new int[rowGroups.Length];
        int count = 0;
        for (int row = 0; row < rowGroups.Length; row++)
        {
            if (!vector.IsNull(row))
            {
                rows[count] = row;
                groups[count++] = rowGroups[row];
            }
        }

        Array.Resize(ref rows, count);
        Array.Resize(ref groups, count);
        return rows;
    }
}
