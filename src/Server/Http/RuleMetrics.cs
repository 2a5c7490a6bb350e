using System.Globalization;
using System.Text;
using Bongsu.Alert;
using Bongsu.Alert.Rules;

namespace Bongsu.Server.Http;

/// <summary>The rules' part of <c>/metrics</c>: totals of all, and series of each rule up to a number.</summary>
internal static class RuleMetrics
{
    // A scrape of more series than this is a burden on who reads it; totals are of all rules.
    private const int MaxListed = 1_000;

    private static readonly (string Name, string Type, string Help, Func<RuleView, double?> Value)[] s_series =
    [
        ("bongsu_rule_watermark_lag_seconds", "gauge", "How far a rule's watermark is behind the clock.", rule => rule.LagSeconds),
        ("bongsu_rule_rows_in_total", "counter", "Live rows of a rule's table.", rule => rule.RowsIn),
        ("bongsu_rule_rows_taken_total", "counter", "Rows that passed a rule's filters.", rule => rule.RowsTaken),
        ("bongsu_rule_rows_late_total", "counter", "Rows that came after a window of theirs was told.", rule => rule.RowsLate),
        ("bongsu_rule_rows_late_dropped_total", "counter", "Late rows whose slot was gone.", rule => rule.RowsLateDropped),
        ("bongsu_rule_rows_shed_total", "counter", "Rows left out: the rule has too many keys, or rows to watch.", rule => rule.RowsShed),
        ("bongsu_rule_windows_corrected_total", "counter", "Told windows that late rows changed.", rule => rule.WindowsCorrected),
        ("bongsu_rule_keys", "gauge", "Keys in a rule's latest window.", rule => rule.Keys),
        ("bongsu_rule_evaluation_seconds_total", "counter", "Time a rule's rows and windows took.", rule => rule.EvaluationSeconds),
        ("bongsu_rule_state_bytes", "gauge", "Memory of a rule's state, about.", rule => rule.StateBytes),
        ("bongsu_rule_correctable_seconds", "gauge", "How far back late rows still change a rule's windows.", rule => rule.CorrectableSeconds ?? 0),
    ];

    /// <summary>Writes them.</summary>
    public static void Write(StringBuilder text, AlertEngine alerts)
    {
        IReadOnlyList<RuleView> rules = alerts.Rules;
        WriteOne(text, "bongsu_rules", "gauge", "Rules that run.", rules.Count);
        WriteOne(text, "bongsu_rules_unlisted", "gauge", $"Rules past {MaxListed}, which have no series of their own.",
            Math.Max(0, rules.Count - MaxListed));
        WriteOne(text, "bongsu_rules_evaluation_seconds_total", "counter", "Time the rows and windows of all rules took.",
            rules.Sum(rule => rule.EvaluationSeconds));
        WriteOne(text, "bongsu_rules_state_bytes", "gauge", "Memory of the state of all rules, about.", rules.Sum(rule => rule.StateBytes));
        WriteOne(text, "bongsu_stream_queued_rows", "gauge", "Rows that wait to pass the rules.", alerts.Stream.QueuedRows);
        WriteOne(text, "bongsu_stream_lag_batches", "gauge", "Durable batches that have not passed the rules yet.", alerts.Stream.LagBatches);
        WriteOne(text, "bongsu_stream_shed_batches_total", "counter",
            "Batches that never passed the rules: the log was trimmed before they were read.", alerts.Stream.BatchesShed);
        WriteOne(text, "bongsu_notifications_pending", "gauge", "Notifications that wait to be sent.", alerts.PendingNotifications);
        foreach ((string name, string type, string help, Func<RuleView, double?> value) in s_series)
        {
            MetricsEndpoint.WriteHead(text, name, type, help);
            foreach (RuleView rule in rules.Take(MaxListed))
            {
                if (value(rule) is { } number)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{{rule=\"{MetricsEndpoint.Escape(rule.Name)}\"}} {number}\n");
                }
            }
        }
    }

    private static void WriteOne(StringBuilder text, string name, string type, string help, double value) =>
        MetricsEndpoint.Write(text, name, type, help, value);
}
