using System.Diagnostics;

namespace Bongsu.Stream.Windows;

/// <summary>Counters of one continuous query. Its owner alone changes them; from other threads each number may be read by
/// itself.</summary>
internal sealed class QueryHealth
{
    private long _turnTimestamps;
    private long _turnStart;

    public long EvaluatedTicks { get; set; } = long.MinValue;

    public long WatermarkTicks { get; set; } = long.MinValue;

    public long CorrectsFromTicks { get; set; } = long.MinValue;

    public long RowsTaken { get; set; }

    public long RowsLate { get; set; }

    public long RowsLateDropped { get; set; }

    public long RowsShed { get; set; }

    public long WindowsCorrected { get; set; }

    public int Keys { get; set; }

    public bool HasTooManyKeys { get; set; }

    public bool IsEstimate { get; set; }

    public long StateBytes { get; set; }

    public bool IsPending { get; set; }

    public string? Error { get; set; }

    /// <summary>The query's turn begins: what follows on this thread is its cost.</summary>
    public void BeginTurn() => _turnStart = Stopwatch.GetTimestamp();

    /// <summary>Its turn is over.</summary>
    public void EndTurn() => _turnTimestamps += Stopwatch.GetTimestamp() - _turnStart;

    /// <summary>All of it, as others see it.</summary>
    public StreamStatistics Read() => new()
    {
        EvaluatedTicks = EvaluatedTicks == long.MinValue ? null : EvaluatedTicks,
        WatermarkTicks = WatermarkTicks == long.MinValue ? null : WatermarkTicks,
        CorrectsFromTicks = CorrectsFromTicks == long.MinValue ? null : CorrectsFromTicks,
        RowsTaken = RowsTaken,
        RowsLate = RowsLate,
        RowsLateDropped = RowsLateDropped,
        RowsShed = RowsShed,
        WindowsCorrected = WindowsCorrected,
        Keys = Keys,
        HasTooManyKeys = HasTooManyKeys,
        IsEstimate = IsEstimate,
        StateBytes = StateBytes,
        EvaluationTime = Stopwatch.GetElapsedTime(0, _turnTimestamps),
        Error = Error,
        IsPending = IsPending,
    };
}
