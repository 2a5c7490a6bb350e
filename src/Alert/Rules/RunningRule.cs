using Bongsu.Alert.Alerts;
using Bongsu.Core.Text;
using Bongsu.Stream;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Rules;

/// <summary>A rule with what runs it.</summary>
/// <param name="Rule">As written.</param>
/// <param name="State">What it has told.</param>
/// <param name="Query">What computes its windows.</param>
internal sealed record RunningRule(Rule Rule, RuleState State, ContinuousQuery Query)
{
    /// <summary>The rule as the API shows it.</summary>
    public RuleView View(StreamStatistics statistics, TimeProvider time) => new()
    {
        Name = Rule.Name,
        File = Rule.File,
        Query = Rule.Query,
        Table = Query.Plan?.Table ?? "",
        Severity = Rule.Severity,
        EverySeconds = Seconds(Rule.Windows.EveryTicks),
        WindowSeconds = Seconds(Rule.Windows.WindowTicks),
        LatenessSeconds = Seconds(Rule.Windows.LatenessTicks),
        State = StateOf(statistics),
        Error = statistics.Error,
        LastEvaluated = Time(statistics.EvaluatedTicks),
        Watermark = Time(statistics.WatermarkTicks),
        LagSeconds = statistics.WatermarkTicks is { } watermark
            ? Math.Round(Seconds(time.GetUtcNow().UtcTicks - watermark), 3)
            : null,
        RowsIn = statistics.RowsIn,
        RowsLate = statistics.RowsLate,
        RowsLateDropped = statistics.RowsLateDropped,
        RowsBackfill = statistics.RowsBackfill,
        RowsFuture = statistics.RowsFuture,
        RowsShed = statistics.RowsShed,
        WindowsCorrected = statistics.WindowsCorrected,
        Keys = statistics.Keys,
        TooManyKeys = statistics.HasTooManyKeys,
        Labels = Rule.Labels,
        Annotations = Rule.Annotations,
        Channels = Rule.Channels,
    };

    private string StateOf(StreamStatistics statistics)
    {
        if (statistics.Error is not null)
        {
            return statistics.IsPending ? "pending" : "error";
        }

        if (!State.HasData)
        {
            return "nodata";
        }

        return State.FiringCount > 0 ? "firing" : "ok";
    }

    private static double Seconds(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;

    private static string? Time(long? ticks) => ticks is > 0 and var known ? ScalarText.FormatDateTime(known) : null;
}
