using Bongsu.Core.Batches;

namespace Bongsu.Query.Operators;

/// <summary>Pieces of batches.</summary>
internal static class BatchSlices
{
    /// <summary>Some rows that follow each other.</summary>
    public static Batch Slice(Batch batch, int start, int count)
    {
        if (start == 0 && count == batch.RowCount)
        {
            return batch;
        }

        int[] rows = new int[count];
        for (int row = 0; row < count; row++)
        {
            rows[row] = start + row;
        }

        return batch.Gather(rows);
    }

    /// <summary>All rows in batches of at most <paramref name="maxRows"/>; no batch where there is no row.</summary>
    public static IEnumerable<Batch> Split(Batch batch, int maxRows)
    {
        for (int start = 0; start < batch.RowCount; start += maxRows)
        {
            yield return Slice(batch, start, Math.Min(maxRows, batch.RowCount - start));
        }
    }
}
