using Bongsu.Alert.Judges;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Store;
using Bongsu.Stream;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Backtest;

/// <summary>Runs rules over stored rows through the operators that run them live, with a simulated clock.</summary>
public static class RuleBacktest
{
    /// <summary>Runs rules.</summary>
    /// <param name="rules">The rules, of a set without errors.</param>
    /// <param name="database">The store.</param>
    /// <param name="tenant">Whose tables.</param>
    /// <param name="options">What to run over.</param>
    /// <param name="time">The clock: only stamps <c>firedAt</c>.</param>
    /// <param name="cancellationToken">Looked at once per block and batch.</param>
    /// <returns>One report per rule, in order.</returns>
    public static IReadOnlyList<BacktestReport> Run(
        IReadOnlyList<Rule> rules,
        Database database,
        string tenant,
        BacktestOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var tables = new TenantTables(database, tenant);
        var recorders = new List<BacktestRecorder>();
        var queries = new List<ContinuousQuery>();
        foreach (Rule rule in rules)
        {
            var recorder = new BacktestRecorder(options.FromTicks, options.ToTicks);
            RunningRule running = RunningRule.Create(rule, recorder, options.Stream, time, recorder.Before);
            if (running.Bands is { } bands)
            {
                bands.Adopt(Learn(rule, tables, options, cancellationToken));
            }

            recorders.Add(recorder);
            queries.Add(running.Query);
        }

        var replay = new StreamReplay(queries, tables, options.Stream);
        foreach (Table table in replay.Tables.Select(name => database.FindTable(tenant, name)).OfType<Table>())
        {
            replay.Run(table, options.FromTicks, options.ToTicks, options.ByEventTime, options.Progress, cancellationToken);
        }

        return [.. rules.Select((rule, index) => Report(rule, queries[index], recorders[index], replay, options))];
    }

    // What a live rule would have known when the span began.
    private static LearntBands Learn(Rule rule, TenantTables tables, BacktestOptions options, CancellationToken cancellationToken)
    {
        long through = rule.Windows.EndAtOrBefore(options.FromTicks);
        PastAlerts past = PastAlerts.Read(tables, rule.Name, through, cancellationToken);
        var history = new BandHistory(tables, (BandSpec)rule.Judge!, rule.Windows.WindowTicks, options.Stream.MaxKeysPerQuery);
        return history.Learn(through, past, progress: null, cancellationToken);
    }

    private static BacktestReport Report(
        Rule rule, ContinuousQuery query, BacktestRecorder recorder, StreamReplay replay, BacktestOptions options)
    {
        StreamStatistics statistics = replay.StatisticsOf(query);
        return new BacktestReport
        {
            Rule = rule.Name,
            Alerts = [.. recorder.Alerts],
            FiringWindows = recorder.FiringWindows,
            DoubtfulWindows = [.. replay.LeftOutWindows(query).Where(end => end > options.FromTicks && end <= options.ToTicks)],
            Windows = recorder.Windows,
            Rows = statistics.RowsIn + statistics.RowsBackfill + statistics.RowsFuture,
            RowsBackfill = statistics.RowsBackfill,
            RowsLate = statistics.RowsLate,
            WindowsCorrected = statistics.WindowsCorrected,
            Error = statistics.Error ?? recorder.Error,
        };
    }
}
