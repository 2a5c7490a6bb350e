namespace Bongsu.Core.Encodings;

/// <summary>Which rows of a block somebody asks for, by groups of 1024: a decoder may leave all others with any
/// content. One owner.</summary>
public sealed class RowGroups
{
    /// <summary>Rows of a group; the last one may be shorter.</summary>
    public const int GroupRows = PackedIntegers.GroupSize;

    private readonly bool[] _wanted;

    private RowGroups(int rowCount)
    {
        _wanted = new bool[(rowCount + GroupRows - 1) / GroupRows];
    }

    /// <summary>Number of groups.</summary>
    public int Count => _wanted.Length;

    /// <summary>Least value that is asked for.</summary>
    internal long Least { get; private init; } = long.MinValue;

    /// <summary>Greatest value that is asked for.</summary>
    internal long Greatest { get; private init; } = long.MaxValue;

    /// <summary>The groups of some rows.</summary>
    public static RowGroups Of(ReadOnlySpan<int> rows, int rowCount)
    {
        var groups = new RowGroups(rowCount);
        foreach (int row in rows)
        {
            groups._wanted[row / GroupRows] = true;
        }

        return groups;
    }

    /// <summary>All groups, until a decoder sees that one has no value of a range (both ends included).</summary>
    public static RowGroups InRange(long least, long greatest, int rowCount)
    {
        var groups = new RowGroups(rowCount) { Least = least, Greatest = greatest };
        Array.Fill(groups._wanted, true);
        return groups;
    }

    /// <summary>Whether the rows of a group are asked for; after decoding, whether they are there.</summary>
    public bool Wants(int group) => _wanted[group];

    /// <summary>Whether all groups that another wants are wanted; null wants all.</summary>
    internal bool Covers(RowGroups? other)
    {
        for (int group = 0; group < _wanted.Length; group++)
        {
            if (!_wanted[group] && (other is null || other._wanted[group]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Leaves a group out where its values are known to lie outside the range.</summary>
    internal void Narrow(int group, long min, long max) => _wanted[group] &= max >= Least && min <= Greatest;
}
