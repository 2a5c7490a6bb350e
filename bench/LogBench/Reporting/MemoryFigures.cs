namespace Bongsu.LogBench.Reporting;

/// <summary>Memory of the server process; MB are 1,000,000 bytes.</summary>
internal sealed record MemoryFigures
{
    /// <summary>Resident, with an empty data folder.</summary>
    public required double EmptyMb { get; init; }

    /// <summary>Largest resident while loading and merging.</summary>
    public required double PeakMb { get; init; }

    /// <summary>Resident ten seconds after merges are quiet.</summary>
    public required double RestMb { get; init; }

    /// <summary>Resident ten seconds after the last query.</summary>
    public double AfterQueriesMb { get; init; }

    /// <summary>Managed bytes allocated for each row loaded, where the server tells.</summary>
    public double? AllocatedPerRow { get; init; }

    /// <summary>Collections of generation 2 while loading.</summary>
    public double? Gen2Collections { get; init; }

    /// <summary>All pauses of the collector while loading.</summary>
    public double? PausesSeconds { get; init; }

    /// <summary>Pauses of the collector while loading, 99th percentile of those that were seen.</summary>
    public double? PauseP99Ms { get; init; }
}
