using Bongsu.Core.Types;

namespace Bongsu.Query.Kql;

/// <summary>Suggestions and wildcards over names.</summary>
internal static class Names
{
    /// <summary>The names of all types.</summary>
    public static readonly string[] AllTypes = [.. Enum.GetValues<ScalarType>().Select(type => type.Name())];

    /// <summary>The known name nearest to one that is not known, or null where none is near.</summary>
    /// <remarks>Edits (insert, delete, replace, swap of neighbours) without regard to case; at most a third of the
    /// length.</remarks>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        int best = Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in known)
        {
            if (candidate.Length == 0
                || Math.Abs(candidate.Length - name.Length) >= best
                || (!char.IsLetter(candidate, 0) && candidate[0] != '_'))
            {
                continue;
            }

            int distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant(), best);
            if (distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    /// <summary>Whether a name fits a pattern with <c>*</c>.</summary>
    public static bool Matches(string name, string pattern)
    {
        string[] parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return name == pattern;
        }

        if (!name.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        int at = parts[0].Length;
        for (int part = 1; part < parts.Length - 1; part++)
        {
            int found = name.IndexOf(parts[part], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + parts[part].Length;
        }

        return name.Length - at >= parts[^1].Length && name.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    // Optimal string alignment distance, given up at a limit.
    private static int Distance(string left, string right, int limit)
    {
        int[] before = new int[right.Length + 1];
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            int least = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int cost = left[row - 1] == right[column - 1] ? 0 : 1;
                int value = Math.Min(
                    Math.Min(previous[column] + 1, current[column - 1] + 1), previous[column - 1] + cost);
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    value = Math.Min(value, before[column - 2] + 1);
                }

                current[column] = value;
                least = Math.Min(least, value);
            }

            if (least >= limit)
            {
                return limit;
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[right.Length];
    }
}
