using System.Text.Json.Nodes;
using Bongsu.Stream.Plans;

namespace Bongsu.Alert.Backtest;

/// <summary>Values a rule judged over a span, thinned to what a chart can show.</summary>
public sealed record BacktestSeries
{
    /// <summary>The window end the first point stands for, UTC ticks.</summary>
    public required long StartTicks { get; init; }

    /// <summary>Time between points.</summary>
    public required long StepTicks { get; init; }

    /// <summary>Points of each line.</summary>
    public required int Points { get; init; }

    /// <summary>Windows a point stands for: the last so many up to it.</summary>
    public required int WindowsPerPoint { get; init; }

    /// <summary>Names of the values; the first is the one to look at.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>What the condition compares them with.</summary>
    public required IReadOnlyList<Threshold> Thresholds { get; init; }

    /// <summary>Keys seen.</summary>
    public required int KeyCount { get; init; }

    /// <summary>The keys worth looking at, most interesting first.</summary>
    public required IReadOnlyList<BacktestLine> Lines { get; init; }
}

/// <summary>One key of a <see cref="BacktestSeries"/>.</summary>
/// <param name="Key">The key.</param>
/// <param name="FiringWindows">Windows it fired in when they were first told.</param>
/// <param name="Values">For each column, a number a point; NaN where nothing is known.</param>
public sealed record BacktestLine(JsonObject Key, int FiringWindows, IReadOnlyList<double[]> Values);
