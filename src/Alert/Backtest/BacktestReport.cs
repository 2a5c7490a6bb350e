using Bongsu.Alert.Alerts;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Backtest;

/// <summary>What a rule would have told.</summary>
public sealed record BacktestReport
{
    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>Its windows.</summary>
    public required WindowSpec WindowSpec { get; init; }

    /// <summary>The alerts in the form they ended in, by start; the first 50,000. One still firing at the end is
    /// <c>firing</c>.</summary>
    public required IReadOnlyList<AlertView> Alerts { get; init; }

    /// <summary>All alerts.</summary>
    public required int AlertCount { get; init; }

    /// <summary>Firings that people are told of, for every day of the span (UTC, <c>2026-11-20</c>, by event time).</summary>
    public required IReadOnlyList<(string Day, int Pages)> PagesPerDay { get; init; }

    /// <summary>Values for a chart, where they were asked for.</summary>
    public BacktestSeries? Series { get; init; }

    /// <summary>Ends of the windows in which the condition held for some key, with the number of keys; UTC
    /// ticks.</summary>
    public required IReadOnlyList<(long EndTicks, int Keys)> FiringWindows { get; init; }

    /// <summary>
    /// Ends of windows that hold rows live rules left out (backfill, dropped): there, the outcome may differ from a
    /// query over the
    /// stored rows. UTC ticks.
    /// </summary>
    public required IReadOnlyList<long> DoubtfulWindows { get; init; }

    /// <summary>Windows told.</summary>
    public required int Windows { get; init; }

    /// <summary>Rows of its table read.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows too old at arrival.</summary>
    public required long RowsBackfill { get; init; }

    /// <summary>Rows that came after their window was told.</summary>
    public required long RowsLate { get; init; }

    /// <summary>Late rows that were dropped.</summary>
    public required long RowsLateDropped { get; init; }

    /// <summary>Told windows that late rows changed.</summary>
    public required long WindowsCorrected { get; init; }

    /// <summary>Why the rule did not run (an unknown table, a failing expression), or null.</summary>
    public string? Error { get; init; }
}
