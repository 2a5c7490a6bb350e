using Bongsu.Stream;

namespace Bongsu.Alert.Backtest;

/// <summary>Which stored rows a backtest runs over, and how.</summary>
public sealed record BacktestOptions
{
    /// <summary>Windows that end after this are told (event time, UTC ticks).</summary>
    public required long FromTicks { get; init; }

    /// <summary>Windows that end at or before this are told.</summary>
    public required long ToTicks { get; init; }

    /// <summary>
    /// False: rows come in the order they were ingested, so that late rows are late again and the outcome is that of
    /// live firing.
    /// True: every row comes in time, as if nothing had been late or imported.
    /// </summary>
    public bool ByEventTime { get; init; }

    /// <summary>Times and budgets of the stream.</summary>
    public StreamOptions Stream { get; init; } = new();

    /// <summary>True: reports hold the values judged, for charts.</summary>
    public bool WithSeries { get; init; }

    /// <summary>Told how far it is, now and then.</summary>
    public Action<BacktestProgress>? Progress { get; init; }
}
