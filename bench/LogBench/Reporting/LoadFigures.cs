namespace Bongsu.LogBench.Reporting;

/// <summary>What a load came to.</summary>
internal sealed record LoadFigures
{
    /// <summary>From the first byte sent to the last acknowledgement.</summary>
    public required double Seconds { get; init; }

    /// <summary>Rows in a second of that time.</summary>
    public required double RowsPerSecond { get; init; }

    /// <summary>CPU time until the last acknowledgement.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>CPU time until merges are quiet.</summary>
    public required double QuietCpuSeconds { get; init; }

    /// <summary>Time until merges are quiet.</summary>
    public required double QuietSeconds { get; init; }

    /// <summary>Bodies that were refused for a moment and sent again.</summary>
    public int Refusals { get; init; }
}
