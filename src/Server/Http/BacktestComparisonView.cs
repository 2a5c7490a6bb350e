using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;

namespace Bongsu.Server.Http;

/// <summary>What a version of a rule adds and loses.</summary>
internal sealed record BacktestComparisonView(
    string Rule, string? BeforeRule, IReadOnlyList<BacktestPair> Both, IReadOnlyList<BacktestAlert> Added, IReadOnlyList<BacktestAlert> Lost,
    int BothCount, int AddedCount, int LostCount, IReadOnlyList<BacktestDayPair> PagesPerDay)
{
    /// <summary>Compares two reports.</summary>
    /// <param name="after">Of one version.</param>
    /// <param name="before">Of the other; null where it has no such rule.</param>
    public static BacktestComparisonView Of(BacktestReport after, BacktestReport? before)
    {
        Dictionary<string, int> pages = (before?.PagesPerDay ?? []).ToDictionary(day => day.Day, day => day.Pages);
        BacktestComparison comparison = before is null
            ? new BacktestComparison(after, after, [], after.Alerts, [])
            : BacktestComparison.Of(after, before);
        return new BacktestComparisonView(
            after.Rule,
            before?.Rule,
            [.. comparison.Both.Take(BacktestResult.MaxEntries).Select(pair => BacktestPair.Of(pair.After, pair.Before))],
            [.. comparison.Added.Take(BacktestResult.MaxEntries).Select(BacktestAlert.Of)],
            [.. comparison.Lost.Take(BacktestResult.MaxEntries).Select(BacktestAlert.Of)],
            comparison.Both.Count,
            comparison.Added.Count,
            comparison.Lost.Count,
            [.. after.PagesPerDay.Select(day => new BacktestDayPair(day.Day, day.Pages, pages.GetValueOrDefault(day.Day)))]);
    }
}

/// <summary>For whom and when.</summary>
internal sealed record BacktestAlert(JsonObject Key, string StartedAt, string? ResolvedAt)
{
    /// <summary>The view of an alert.</summary>
    public static BacktestAlert Of(AlertView alert) => new(alert.Key, alert.StartedAt, alert.ResolvedAt);
}

/// <summary>An alert both versions tell.</summary>
internal sealed record BacktestPair(
    JsonObject Key, string StartedAt, string? ResolvedAt, string BeforeStartedAt, string? BeforeResolvedAt)
{
    /// <summary>The view of two alerts.</summary>
    public static BacktestPair Of(AlertView after, AlertView before) =>
        new(after.Key, after.StartedAt, after.ResolvedAt, before.StartedAt, before.ResolvedAt);
}

/// <summary>Pages of a day with either version.</summary>
internal sealed record BacktestDayPair(string Day, int Pages, int Before);
