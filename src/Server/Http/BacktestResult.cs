using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Rules;
using Bongsu.Core.Text;

namespace Bongsu.Server.Http;

/// <summary>Last line of a backtest's answer; docs/guide/http-api.md describes all of it.</summary>
internal sealed record BacktestResult(
    IReadOnlyList<BacktestView> Reports, IReadOnlyList<BacktestView>? Before, IReadOnlyList<BacktestComparisonView>? Comparisons)
{
    /// <summary>Most entries of a list.</summary>
    public const int MaxEntries = 5_000;

    /// <summary>The answer of the reports of one or two rule files.</summary>
    public static BacktestResult Of(
        IReadOnlyList<BacktestReport> after,
        IReadOnlyList<BacktestReport>? before,
        IReadOnlyList<AnnotatedSpan> spans) => new(
        [.. after.Select(report => BacktestView.Of(report, spans))],
        before is null ? null : [.. before.Select(report => BacktestView.Of(report, spans))],
        before is null ? null : [.. BacktestComparison.Pair(after, before).Select(pair => BacktestComparisonView.Of(pair.After, pair.Before))]);
}

/// <summary>What one rule would have told; times as text.</summary>
internal sealed record BacktestView(
    string Rule, double EverySeconds, double WindowSeconds,
    IReadOnlyList<AlertView> Alerts, int AlertCount,
    int Pages, IReadOnlyList<BacktestDay> PagesPerDay,
    IReadOnlyList<string> FiringWindows, int FiringWindowCount,
    IReadOnlyList<string> DoubtfulWindows, int DoubtfulWindowCount,
    int Windows, long Rows, long RowsBackfill, long RowsLate, long RowsLateDropped, long WindowsCorrected,
    string? Error, BacktestSeriesView? Series)
{
    /// <summary>The view of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="spans">Spans that bands do not learn from.</param>
    public static BacktestView Of(BacktestReport report, IReadOnlyList<AnnotatedSpan> spans) => new(
        report.Rule,
        TimeSpan.FromTicks(report.WindowSpec.EveryTicks).TotalSeconds,
        TimeSpan.FromTicks(report.WindowSpec.WindowTicks).TotalSeconds,
        [.. report.Alerts.Take(BacktestResult.MaxEntries)],
        report.AlertCount,
        report.PagesPerDay.Sum(day => day.Pages),
        [.. report.PagesPerDay.Select(day => new BacktestDay(day.Day, day.Pages))],
        [.. report.FiringWindows.Take(BacktestResult.MaxEntries).Select(window => ScalarText.FormatDateTime(window.EndTicks))],
        report.FiringWindows.Count,
        [.. report.DoubtfulWindows.Take(BacktestResult.MaxEntries).Select(ScalarText.FormatDateTime)],
        report.DoubtfulWindows.Count,
        report.Windows,
        report.Rows,
        report.RowsBackfill,
        report.RowsLate,
        report.RowsLateDropped,
        report.WindowsCorrected,
        report.Error,
        report.Series is { } series ? BacktestSeriesView.Of(series, report.Alerts, [.. spans.Where(span => span.IsFor(report.Rule))]) : null);
}

/// <summary>Pages of a day.</summary>
internal sealed record BacktestDay(string Day, int Pages);

/// <summary>A line of progress.</summary>
internal sealed record BacktestProgressView(string Stage, double Share, long Rows, string Reached)
{
    /// <summary>The view of a progress.</summary>
    public static BacktestProgressView Of(BacktestProgress progress) => new(
        progress.IsLearning ? "learning" : "reading",
        Math.Round(progress.Share, 3),
        progress.Rows,
        ScalarText.FormatDateTime(progress.ReachedTicks));
}

/// <summary>Last line where the backtest failed.</summary>
internal sealed record BacktestFailure(BacktestError Error);

/// <summary>Why it failed.</summary>
internal sealed record BacktestError(string Code, string Message);
