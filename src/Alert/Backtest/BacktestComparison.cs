using Bongsu.Alert.Alerts;

namespace Bongsu.Alert.Backtest;

/// <summary>What one version of a rule tells and another does not.</summary>
/// <param name="After">Report of the one.</param>
/// <param name="Before">Report of the other.</param>
/// <param name="Both">Alerts of the same key that overlap in time, of both.</param>
/// <param name="Added">Alerts only the one has.</param>
/// <param name="Lost">Alerts only the other has.</param>
public sealed record BacktestComparison(
    BacktestReport After,
    BacktestReport Before,
    IReadOnlyList<(AlertView After, AlertView Before)> Both,
    IReadOnlyList<AlertView> Added,
    IReadOnlyList<AlertView> Lost)
{
    /// <summary>Compares two reports over one span.</summary>
    public static BacktestComparison Of(BacktestReport after, BacktestReport before)
    {
        ILookup<string, AlertView> byKey = before.Alerts.ToLookup(KeyOf, StringComparer.Ordinal);
        var both = new List<(AlertView, AlertView)>();
        var added = new List<AlertView>();
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (AlertView alert in after.Alerts)
        {
            AlertView[] same = [.. byKey[KeyOf(alert)].Where(other => Overlap(alert, other))];
            if (same.Length == 0)
            {
                added.Add(alert);
                continue;
            }

            both.Add((alert, same[0]));
            found.UnionWith(same.Select(other => other.Id));
        }

        return new BacktestComparison(after, before, both, added, [.. before.Alerts.Where(alert => !found.Contains(alert.Id))]);
    }

    /// <summary>Pairs the reports of two rule files: by name, or the only one of each.</summary>
    public static IReadOnlyList<(BacktestReport After, BacktestReport? Before)> Pair(
        IReadOnlyList<BacktestReport> after, IReadOnlyList<BacktestReport> before) =>
        after is [var one] && before is [var other]
            ? [(one, other)]
            : [.. after.Select(report => (report, before.FirstOrDefault(other => other.Rule == report.Rule)))];

    private static string KeyOf(AlertView alert) => alert.Kind + ' ' + AlertJson.ToText(alert.Key);

    // Times are of one form, so that their order as text is their order in time.
    private static bool Overlap(AlertView one, AlertView other) =>
        (one.ResolvedAt is null || string.CompareOrdinal(other.StartedAt, one.ResolvedAt) < 0) &&
        (other.ResolvedAt is null || string.CompareOrdinal(one.StartedAt, other.ResolvedAt) < 0);
}
