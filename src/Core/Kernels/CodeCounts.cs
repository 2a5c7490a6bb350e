namespace Bongsu.Core.Kernels;

/// <summary>How often each code of a small domain occurs.</summary>
public static class CodeCounts
{
    // So few codes are counted by comparing, a vector of rows at a time.
    private const int MaxComparedCodes = 8;

    // Rows that stay in the first-level cache while they are compared with one code after the other.
    private const int RowsAtOnce = 4096;

    /// <summary>Counts codes.</summary>
    /// <param name="codes">Each from 0 to <paramref name="counts"/>.Length − 1.</param>
    /// <param name="counts">What was counted is added to it, by code.</param>
    public static void Add(ReadOnlySpan<int> codes, Span<int> counts)
    {
        if (counts.Length <= MaxComparedCodes)
        {
            for (; !codes.IsEmpty; codes = codes[Math.Min(RowsAtOnce, codes.Length)..])
            {
                Compare(codes[..Math.Min(RowsAtOnce, codes.Length)], counts);
            }

            return;
        }

        foreach (int code in codes)
        {
            counts[code]++;
        }
    }

    /// <summary>Counts codes that come in no order into four tables, so that equal neighbours do not wait for each
    /// other.</summary>
    /// <param name="codes">Each from 0 to <paramref name="width"/> − 1.</param>
    /// <param name="width">Size of a table.</param>
    /// <param name="tables">Four tables, one after the other; added to.</param>
    public static void AddToFour(ReadOnlySpan<int> codes, int width, Span<int> tables)
    {
        Span<int> first = tables[..width];
        Span<int> second = tables.Slice(width, width);
        Span<int> third = tables.Slice(2 * width, width);
        Span<int> fourth = tables.Slice(3 * width, width);
        int row = 0;
        for (; row <= codes.Length - 4; row += 4)
        {
            first[codes[row]]++;
            second[codes[row + 1]]++;
            third[codes[row + 2]]++;
            fourth[codes[row + 3]]++;
        }

        for (; row < codes.Length; row++)
        {
            first[codes[row]]++;
        }
    }

    private static void Compare(ReadOnlySpan<int> codes, Span<int> counts)
    {
        int others = 0;
        for (int code = 1; code < counts.Length; code++)
        {
            int count = codes.Count(code);
            counts[code] += count;
            others += count;
        }

        counts[0] += codes.Length - others;
    }
}
