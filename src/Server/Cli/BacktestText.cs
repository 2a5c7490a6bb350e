using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;
using Bongsu.Server.Http;

namespace Bongsu.Server.Cli;

/// <summary>Prints what a backtest found: a table of alerts, and how many began in each hour.</summary>
internal static class BacktestText
{
    private const int MaxRows = 50;
    private const int MaxDays = 31;
    private const int MaxShownWindows = 5;
    private const int MaxSummary = 80;
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>Prints all reports, then what changed.</summary>
    public static void Write(BacktestResult result, TextWriter output)
    {
        foreach (BacktestView report in result.Reports)
        {
            WriteReport(report, output);
        }

        foreach (BacktestComparisonView comparison in result.Comparisons ?? [])
        {
            WriteComparison(comparison, output);
        }
    }

    private static string Count(long count, string one) => $"{count:N0} {one}{(count == 1 ? "" : "s")}";

    private static void WriteReport(BacktestView report, TextWriter output)
    {
        output.WriteLine(
            $"{report.Rule}: {Count(report.AlertCount, "alert")}, {Count(report.Pages, "page")} in {Count(report.Windows, "window")}, " +
            Count(report.Rows, "row") +
            (report.Error is null ? "" : $"; {report.Error}"));
        if (report.Alerts.Count > 0)
        {
            string[][] rows = [.. report.Alerts.Take(MaxRows).Select(alert => new[]
            {
                Time(alert.StartedAt), Length(alert.StartedAt, alert.ResolvedAt), Key(alert.Key), Summary(alert),
            })];
            output.WriteLine();
            TextTable.Write(["started (UTC)", "for", "key", "summary"], [false, true, false, false], rows, output);
            WriteMore(report.AlertCount - rows.Length, output);
            output.WriteLine();
            WriteHours(report, output);
        }

        if (report.DoubtfulWindowCount > 0)
        {
            output.WriteLine(
                $"{report.DoubtfulWindowCount:N0} windows hold rows that live rules leave out ({report.RowsBackfill:N0} too old when they came, " +
                $"{report.RowsLateDropped:N0} too late): {string.Join(", ", report.DoubtfulWindows.Take(MaxShownWindows).Select(Time))}" +
                $"{(report.DoubtfulWindowCount > MaxShownWindows ? " …" : "")}; --by-event-time takes them in");
        }

        output.WriteLine();
    }

    // A day a line, an hour a bar.
    private static void WriteHours(BacktestView report, TextWriter output)
    {
        Dictionary<string, int> counts = report.Alerts.GroupBy(alert => alert.StartedAt[.."2026-11-20T09".Length])
            .ToDictionary(hour => hour.Key, hour => hour.Count());
        int most = counts.Values.Max();
        BacktestDay[] days = [.. report.PagesPerDay.Where(day => counts.Keys.Any(hour => hour.StartsWith(day.Day, StringComparison.Ordinal)))];
        output.WriteLine("begun by hour   0     6     12    18      pages");
        foreach (BacktestDay day in days.Take(MaxDays))
        {
            var line = new StringBuilder();
            for (int hour = 0; hour < 24; hour++)
            {
                int count = counts.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"{day.Day}T{hour:00}"));
                line.Append(count == 0 ? '·' : Bars[(count * (Bars.Length - 1) + most - 1) / most]);
            }

            output.WriteLine($"{day.Day}      {line}    {day.Pages,5:N0}");
        }

        WriteMore(days.Length - MaxDays, output);
        output.WriteLine($"a full bar is {most:N0} an hour");
    }

    private static void WriteComparison(BacktestComparisonView comparison, TextWriter output)
    {
        if (comparison.BeforeRule is null)
        {
            output.WriteLine($"{comparison.Rule}: the other file has no rule of this name");
            return;
        }

        output.WriteLine(
            $"{comparison.Rule} against {(comparison.BeforeRule == comparison.Rule ? "the other version" : comparison.BeforeRule)}: " +
            $"{comparison.BothCount:N0} alerts in both, {comparison.AddedCount:N0} added, {comparison.LostCount:N0} lost");
        string[][] rows =
        [
            .. comparison.Added.Select(alert => Row("+", alert)).Concat(comparison.Lost.Select(alert => Row("-", alert)))
                .OrderBy(row => row[1], StringComparer.Ordinal).Take(MaxRows),
        ];
        if (rows.Length > 0)
        {
            output.WriteLine();
            TextTable.Write(["", "started (UTC)", "for", "key"], [false, false, true, false], rows, output);
            WriteMore(comparison.AddedCount + comparison.LostCount - rows.Length, output);
        }

        output.WriteLine();
        string[][] days = [.. comparison.PagesPerDay.Take(MaxDays).Select(day => new[]
        {
            day.Day, day.Before.ToString("N0"), day.Pages.ToString("N0"), (day.Pages - day.Before).ToString("+#,0;-#,0;0"),
        })];
        TextTable.Write(["pages a day", "before", "now", "change"], [false, true, true, true], days, output);
        WriteMore(comparison.PagesPerDay.Count - days.Length, output);
        output.WriteLine();
    }

    private static string[] Row(string sign, BacktestAlert alert) =>
        [sign, Time(alert.StartedAt), Length(alert.StartedAt, alert.ResolvedAt), Key(alert.Key)];

    private static void WriteMore(int count, TextWriter output)
    {
        if (count > 0)
        {
            output.WriteLine($"… and {count:N0} more");
        }
    }

    private static string Time(string time) => time[.."2026-11-20T09:05:00".Length].Replace('T', ' ');

    private static string Length(string from, string? to) => to is null
        ? "firing"
        : (Parse(to) - Parse(from)) switch
        {
            { TotalDays: >= 1 } length => $"{length.TotalDays:0.#}d",
            { TotalHours: >= 1 } length => $"{length.TotalHours:0.#}h",
            { TotalMinutes: >= 1 } length => $"{length.TotalMinutes:0.#}m",
            var length => $"{length.TotalSeconds:0}s",
        };

    private static DateTimeOffset Parse(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Key(JsonObject key) => key.Count == 0
        ? "–"
        : string.Join(", ", key.Select(pair => $"{pair.Key}={pair.Value?.ToString() ?? "null"}"));

    private static string Summary(AlertView alert)
    {
        string text = alert.Annotations.TryGetValue("summary", out string? summary) ? summary : alert.Values.ToJsonString();
        text = text.ReplaceLineEndings(" ");
        return text.Length <= MaxSummary ? text : string.Concat(text.AsSpan(0, MaxSummary), "…");
    }
}
