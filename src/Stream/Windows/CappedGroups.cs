using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Stream.Windows;

/// <summary>Numbers keys up to a cap.</summary>
internal static class CappedGroups
{
    /// <summary>Finds or makes the group of each row; rows of new keys past the cap get none.</summary>
    /// <param name="table">The groups.</param>
    /// <param name="keys">Key vectors.</param>
    /// <param name="groups">The result, one per row; -1 where there is none.</param>
    /// <param name="maxKeys">Most groups.</param>
    /// <returns>Rows that have a group, ascending.</returns>
    public static int[] Assign(GroupTable table, Vector[] keys, int[] groups, int maxKeys)
    {
        if (keys.Length == 0 || table.GroupCount + groups.Length <= maxKeys)
        {
            if (table.Assign(keys, groups) && groups.Length > 0)
            {
                Array.Fill(groups, groups[0]);
            }

            return [.. Enumerable.Range(0, groups.Length)];
        }

        AssignInChunks(table, keys, groups, maxKeys);
        return [.. Enumerable.Range(0, groups.Length).Where(row => groups[row] >= 0)];
    }

    // Each chunk no longer than the keys that are left: so the cap is never overshot.
    private static void AssignInChunks(GroupTable table, Vector[] keys, int[] groups, int maxKeys)
    {
        table.Find(keys, groups);
        int next = 0;
        while (table.GroupCount < maxKeys)
        {
            var unknown = new List<int>();
            for (; next < groups.Length && unknown.Count < maxKeys - table.GroupCount; next++)
            {
                if (groups[next] < 0)
                {
                    unknown.Add(next);
                }
            }

            if (unknown.Count == 0)
            {
                break;
            }

            int[] rows = [.. unknown];
            table.Assign([.. keys.Select(key => key.Gather(rows))], new int[rows.Length]);
        }

        table.Find(keys, groups);
    }
}
