using Bongsu.Alert.Alerts;
using Bongsu.Alert.Backtest;
using Bongsu.Alert.Judges;
using Bongsu.Core.Text;
using Bongsu.Stream;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Rules;

/// <summary>A rule with what runs it.</summary>
/// <param name="Rule">As written.</param>
/// <param name="State">What it has told.</param>
/// <param name="Query">What computes its windows.</param>
/// <param name="Judging">What judges their values; null where every row of a result is an alert.</param>
/// <param name="Bands">The judge, where it is one that learns.</param>
internal sealed record RunningRule(Rule Rule, RuleState State, ContinuousQuery Query, JudgingConsumer? Judging, BandJudge? Bands)
{
    /// <summary>Makes what runs a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Who is handed its alerts.</param>
    /// <param name="options">Budgets of its query.</param>
    /// <param name="time">The clock.</param>
    /// <param name="around">Puts a listener before what the rule has told; null = none.</param>
    /// <param name="series">Takes down the values that were judged; null = nobody does.</param>
    public static RunningRule Create(
        Rule rule,
        IAlertSink sink,
        StreamOptions options,
        TimeProvider time,
        Func<RuleState, WindowConsumer>? around = null,
        SeriesRecorder? series = null)
    {
        var composer = new AlertComposer(rule, time);
        var state = new RuleState(rule, composer, sink);
        WindowConsumer told = around?.Invoke(state) ?? state;
        Judge? judge = rule.Judge switch
        {
            SpikeSpec spike => new SpikeJudge(spike, rule.Windows),
            BoundsSpec bounds => new BoundsJudge(bounds),
            BandSpec band => new BandJudge(band, rule.Windows, options.MaxKeysPerQuery),
            _ => null,
        };
        JudgingConsumer? judging = judge is null ? null : new JudgingConsumer(judge, told);
        WindowConsumer values = judging ?? told;
        var query = new ContinuousQuery(rule.Name, rule.StreamQuery, rule.Windows, series?.Before(values) ?? values, options)
        {
            TellsValues = series is not null && judge is null,
            ComparesBefore = judge is SpikeJudge or BoundsJudge,
            TellsEarly = judge is null,
            SessionGap = rule.SessionGap,
            Events = rule.Events,
        };
        composer.Attach(query);
        series?.Attach(query, judge);
        judging?.Attach(query);
        return new RunningRule(rule, state, query, judging, judge as BandJudge);
    }

    /// <summary>The rule as the API shows it.</summary>
    /// <param name="statistics">Of its query.</param>
    /// <param name="learntShare">How far it has learnt its history; null where it need not.</param>
    /// <param name="time">The clock.</param>
    public RuleView View(StreamStatistics statistics, double? learntShare, TimeProvider time) => new()
    {
        Name = Rule.Name,
        File = Rule.File,
        Query = Rule.Query,
        Table = Query.Plan?.Table ?? "",
        Severity = Rule.Severity,
        EverySeconds = Seconds(Rule.Windows.EveryTicks),
        WindowSeconds = Seconds(Rule.Windows.WindowTicks),
        LatenessSeconds = Seconds(Rule.Windows.LatenessTicks),
        State = StateOf(statistics, learntShare),
        Error = statistics.Error,
        Learnt = learntShare is { } share ? Math.Round(share, 3) : null,
        Series = Bands?.SeriesCount,
        LastEvaluated = Time(statistics.EvaluatedTicks),
        Watermark = Time(statistics.WatermarkTicks),
        LagSeconds = statistics.WatermarkTicks is { } watermark
            ? Math.Round(Seconds(time.GetUtcNow().UtcTicks - watermark), 3)
            : null,
        RowsIn = statistics.RowsIn,
        RowsTaken = statistics.RowsTaken,
        RowsLate = statistics.RowsLate,
        RowsLateDropped = statistics.RowsLateDropped,
        RowsBackfill = statistics.RowsBackfill,
        RowsFuture = statistics.RowsFuture,
        RowsShed = statistics.RowsShed,
        WindowsCorrected = statistics.WindowsCorrected,
        Keys = statistics.Keys,
        EvaluationSeconds = Math.Round(statistics.EvaluationTime.TotalSeconds, 6),
        StateBytes = statistics.StateBytes + (Bands?.SizeBytes ?? 0),
        CorrectableSeconds = statistics is { EvaluatedTicks: { } evaluated, CorrectsFromTicks: { } from } ? Seconds(evaluated - from) : null,
        Estimated = statistics.IsEstimate,
        TooManyKeys = statistics.HasTooManyKeys,
        Labels = Rule.Labels,
        Annotations = Rule.Annotations,
        Channels = Rule.Channels,
    };

    private string StateOf(StreamStatistics statistics, double? learntShare)
    {
        if (statistics.Error is not null)
        {
            return statistics.IsPending ? "pending" : "error";
        }

        if (learntShare is not null)
        {
            return "learning";
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
