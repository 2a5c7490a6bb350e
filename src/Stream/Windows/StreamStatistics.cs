namespace Bongsu.Stream.Windows;

/// <summary>Health of one continuous query at a moment.</summary>
public sealed record StreamStatistics
{
    /// <summary>End of the latest window told, UTC ticks; null before the first.</summary>
    public long? EvaluatedTicks { get; init; }

    /// <summary>Its table's event time less its lateness, UTC ticks; null before any row.</summary>
    public long? WatermarkTicks { get; init; }

    /// <summary>Live rows of its table, before its filters.</summary>
    public long RowsIn { get; init; }

    /// <summary>Rows that passed its filters.</summary>
    public long RowsTaken { get; init; }

    /// <summary>Rows of its table too old at arrival.</summary>
    public long RowsBackfill { get; init; }

    /// <summary>Rows of its table too far in the future at arrival.</summary>
    public long RowsFuture { get; init; }

    /// <summary>Rows that came after a window they belong to was told.</summary>
    public long RowsLate { get; init; }

    /// <summary>Late rows whose slot was gone.</summary>
    public long RowsLateDropped { get; init; }

    /// <summary>Rows older than this change nothing any more; null before the first window.</summary>
    public long? CorrectsFromTicks { get; init; }

    /// <summary>Rows left out since there were too many keys, or no memory.</summary>
    public long RowsShed { get; init; }

    /// <summary>Told windows that late rows changed.</summary>
    public long WindowsCorrected { get; init; }

    /// <summary>Keys in the latest window.</summary>
    public int Keys { get; init; }

    /// <summary>True while rows of new keys are left out.</summary>
    public bool HasTooManyKeys { get; init; }

    /// <summary>True where values of the latest window are estimates.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Bytes of its state, about.</summary>
    public long StateBytes { get; init; }

    /// <summary>Time its rows and windows took since the start of the process.</summary>
    public TimeSpan EvaluationTime { get; init; }

    /// <summary>Why it does not run: <c>null</c> while it does.</summary>
    public string? Error { get; init; }

    /// <summary>True while it waits for its table or a column to come into being; <see cref="Error"/> says
    /// which.</summary>
    public bool IsPending { get; init; }
}
