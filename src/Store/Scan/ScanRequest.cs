namespace Bongsu.Store.Scan;

/// <summary>What a scan reads.</summary>
public sealed record ScanRequest
{
    /// <summary>
    /// The columns wanted, in this order; a name the table does not have reads as nulls of type dynamic. Hidden ones
    /// (<see cref="SystemColumns"/>) can be named. None = rows are only counted.
    /// </summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Earliest timestamp, included.</summary>
    public long FromTicks { get; init; } = long.MinValue;

    /// <summary>Latest timestamp, excluded; <see cref="long.MaxValue"/> = no limit.</summary>
    public long ToTicks { get; init; } = long.MaxValue;

    /// <summary>Conditions a row must all meet.</summary>
    public IReadOnlyList<ScanFilter> Filters { get; init; } = [];

    /// <summary>Morsels in descending order of their latest timestamp instead of ascending by their earliest.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>Where the scan counts what it does; may be shared by scans and threads.</summary>
    public ScanStatistics Statistics { get; init; } = new();

    /// <summary>Set once the templates of a block did not tell how many rows meet the condition: others are not asked
    /// then.</summary>
    internal bool IsCountingInVain { get; set; }
}
