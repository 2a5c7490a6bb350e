using Bongsu.Store.Parts;

namespace Bongsu.Store.Merging;

/// <summary>Chooses parts to merge: within a partition, several of about one size (size-tiered).</summary>
internal static class MergePolicy
{
    // Tiers of a factor of four, from 16 Ki rows on.
    private const int FirstTierBits = 14;
    private const int BitsPerTier = 2;

    // Of the most rows of a part.
    private const int SettledShare = 8;

    /// <summary>Parts that should become one; none where no merge is due.</summary>
    public static IReadOnlyList<Part> Choose(IEnumerable<Part> parts, int fanIn, long maxRows)
    {
        IEnumerable<Part> unsettled = parts.Where(part => !part.IsSetAside && !IsSettled(part, maxRows));
        foreach (IGrouping<long, Part> partition in unsettled.GroupBy(PartitionOf).OrderBy(group => group.Key))
        {
            foreach (IGrouping<int, Part> tier in partition.GroupBy(TierOf).OrderBy(group => group.Key))
            {
                if (tier.Count() >= fanIn && Take(tier, fanIn, maxRows) is { Count: > 1 } chosen)
                {
                    return chosen;
                }
            }
        }

        return [];
    }

    /// <summary>Whether a part stays as it is: a merge of few large ones rewrites much and spares little.</summary>
    public static bool IsSettled(Part part, long maxRows) => part.RowCount >= maxRows / SettledShare;

    // Oldest first, so that neighbours in time of arrival stay together.
    private static List<Part> Take(IEnumerable<Part> tier, int most, long maxRows)
    {
        var chosen = new List<Part>();
        long rows = 0;
        foreach (Part part in tier.OrderBy(part => part.Number))
        {
            if (rows + part.RowCount <= maxRows && chosen.Count < most)
            {
                chosen.Add(part);
                rows += part.RowCount;
            }
        }

        return chosen;
    }

    // Parts that span days are one group of their own.
    private static long PartitionOf(Part part) =>
        PartCutter.DayOf(part.MinTicks) == PartCutter.DayOf(part.MaxTicks) ? PartCutter.DayOf(part.MinTicks) : -1;

    private static int TierOf(Part part) =>
        Math.Max(0, System.Numerics.BitOperations.Log2((ulong)part.RowCount) - FirstTierBits) / BitsPerTier;
}
