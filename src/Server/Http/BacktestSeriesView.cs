using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Core.Text;

namespace Bongsu.Server.Http;

/// <summary>Values of a rule for a chart.</summary>
internal sealed record BacktestSeriesView(
    string Start, double StepSeconds, int Points, int WindowsPerPoint, string? Value, IReadOnlyList<string> Columns,
    IReadOnlyList<BacktestThreshold> Thresholds, int KeyCount, IReadOnlyList<BacktestLineView> Lines)
{
    /// <summary>The view of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="alerts">Alerts of the rule.</param>
    /// <param name="spans">Spans of the rule that bands do not learn from.</param>
    public static BacktestSeriesView Of(BacktestSeries series, IReadOnlyList<AlertView> alerts, IReadOnlyList<AnnotatedSpan> spans)
    {
        long from = series.StartTicks - series.StepTicks;
        long to = series.StartTicks + (series.StepTicks * series.Points);
        AnnotatedSpan[] drawn = series.Columns.Contains("lower") ? [.. spans.Where(span => span.FromTicks < to && span.ToTicks > from)] : [];
        ILookup<string, AlertView> byKey = alerts.ToLookup(alert => alert.Key.ToJsonString(), StringComparer.Ordinal);
        return new BacktestSeriesView(
            ScalarText.FormatDateTime(series.StartTicks),
            TimeSpan.FromTicks(series.StepTicks).TotalSeconds,
            series.Points,
            series.WindowsPerPoint,
            series.Columns.Count == 0 ? null : series.Columns[0],
            series.Columns,
            [.. series.Thresholds
                .Where(threshold => series.Columns.Contains(threshold.Column))
                .Select(threshold => new BacktestThreshold(threshold.Column, threshold.Operator, threshold.Value))],
            series.KeyCount,
            [.. series.Lines.Select(line => BacktestLineView.Of(line, series.Columns, byKey[line.Key.ToJsonString()], drawn))]);
    }
}

/// <summary>A comparison of a condition.</summary>
internal sealed record BacktestThreshold(string Column, string Op, double Value);

/// <summary>A span of time.</summary>
internal sealed record BacktestSpan(string From, string? To);

/// <summary>A span of time that the band of a key does not learn from, and why.</summary>
internal sealed record BacktestLeftOut(string From, string To, string Text);

/// <summary>One key of a chart.</summary>
internal sealed record BacktestLineView(
    JsonObject Key, int Alerts, int FiringWindows, IReadOnlyDictionary<string, double?[]> Values, IReadOnlyList<BacktestSpan> Firing,
    IReadOnlyList<BacktestLeftOut> LeftOut)
{
    // Shown in a chart of a thousand dots.
    private const int MaxSpans = 2_000;

    /// <summary>The view of a line.</summary>
    public static BacktestLineView Of(
        BacktestLine line,
        IReadOnlyList<string> columns,
        IEnumerable<AlertView> alerts,
        IReadOnlyList<AnnotatedSpan> spans)
    {
        AlertView[] own = [.. alerts];
        return new BacktestLineView(
            line.Key,
            own.Length,
            line.FiringWindows,
            columns.Zip(line.Values).ToDictionary(pair => pair.First, pair => Array.ConvertAll(pair.Second, Number)),
            [.. own.Take(MaxSpans).Select(alert => new BacktestSpan(alert.StartedAt, alert.ResolvedAt))],
            [.. spans
                .Where(span => span.IsFor(column => line.Key[column]?.ToString()))
                .Take(MaxSpans)
                .Select(span => new BacktestLeftOut(ScalarText.FormatDateTime(span.FromTicks), ScalarText.FormatDateTime(span.ToTicks), span.Text))]);
    }

    private static double? Number(double value) => double.IsFinite(value) ? value : null;
}
