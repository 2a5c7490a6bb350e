namespace Bongsu.LogBench.Reporting;

/// <summary>What another engine reached in the same run.</summary>
internal sealed record PeerFigures
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Time of the insert.</summary>
    public required double InsertSeconds { get; init; }

    /// <summary>CPU time of the insert.</summary>
    public required double InsertCpuSeconds { get; init; }

    /// <summary>CPU time of the insert and of bringing the table into its final form.</summary>
    public required double QuietCpuSeconds { get; init; }

    /// <summary>Largest resident memory while loading.</summary>
    public required double PeakMb { get; init; }

    /// <summary>Bytes on disk.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>First run and median of the warm runs, by query.</summary>
    public required IReadOnlyDictionary<string, PeerQuery> Queries { get; init; }
}
