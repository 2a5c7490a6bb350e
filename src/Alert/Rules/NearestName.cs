namespace Bongsu.Alert.Rules;

/// <summary>The known name a mistyped one most likely means.</summary>
internal static class NearestName
{
    /// <summary>The nearest by edit distance, or null where none is near.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        int least = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int distance = Distance(name, candidate);
            if (distance < least)
            {
                least = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    // Levenshtein's distance, by rows.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int leftAt = 1; leftAt <= left.Length; leftAt++)
        {
            int diagonal = row[0];
            row[0] = leftAt;
            for (int rightAt = 1; rightAt <= right.Length; rightAt++)
            {
                int above = row[rightAt];
                bool isSame = char.ToLowerInvariant(left[leftAt - 1]) == char.ToLowerInvariant(right[rightAt - 1]);
                row[rightAt] = Math.Min(Math.Min(above, row[rightAt - 1]) + 1, diagonal + (isSame ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
