namespace Bongsu.Store.Head;

/// <summary>An order of rows taken from several sources.</summary>
/// <param name="Sources">For each row, which source.</param>
/// <param name="Rows">For each row, which row of that source.</param>
internal readonly record struct RowOrder(int[] Sources, int[] Rows)
{
    public int Count => Sources.Length;

    /// <summary>All rows of the first source, then of the second, and so on.</summary>
    public static RowOrder Sequential(ReadOnlySpan<int> rowCounts)
    {
        int total = 0;
        foreach (int rowCount in rowCounts)
        {
            total += rowCount;
        }

        int[] sources = new int[total];
        int[] rows = new int[total];
        int next = 0;
        for (int source = 0; source < rowCounts.Length; source++)
        {
            for (int row = 0; row < rowCounts[source]; row++)
            {
                sources[next] = source;
                rows[next++] = row;
            }
        }

        return new RowOrder(sources, rows);
    }
}
