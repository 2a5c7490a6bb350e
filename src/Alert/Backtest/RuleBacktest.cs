using System.Globalization;
using Bongsu.Alert.Judges;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Store;
using Bongsu.Stream;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Backtest;

/// <summary>Runs rules over stored rows through the operators that run them live, with a simulated clock.</summary>
public sealed class RuleBacktest
{
    private readonly Database _database;
    private readonly string _tenant;
    private readonly BacktestOptions _options;
    private readonly TimeProvider _time;
    private readonly TenantTables _tables;

    private RuleBacktest(Database database, string tenant, BacktestOptions options, TimeProvider time)
    {
        _database = database;
        _tenant = tenant;
        _options = options;
        _time = time;
        _tables = new TenantTables(database, tenant);
    }

    /// <summary>Runs rules.</summary>
    /// <param name="rules">The rules, of sets without errors; two versions of a rule may have one name.</param>
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
        CancellationToken cancellationToken) =>
        new RuleBacktest(database, tenant, options, time).Run(rules, cancellationToken);

    private List<BacktestReport> Run(IReadOnlyList<Rule> rules, CancellationToken cancellationToken)
    {
        Trial[] trials = [.. rules.Select(Prepare)];
        var replay = new StreamReplay([.. trials.Select(trial => trial.Running.Query)], _tables, _options.Stream);
        Trial[] learning = [.. trials.Where(trial => trial.Running.Bands is not null)];
        for (int index = 0; index < learning.Length; index++)
        {
            Learn(learning[index].Running, (double)index / learning.Length, 1.0 / learning.Length, cancellationToken);
        }

        Table[] tables = [.. replay.Tables.Select(name => _database.FindTable(_tenant, name)).OfType<Table>()];
        long total = tables.Sum(table => replay.CountRows(table, _options.FromTicks, _options.ToTicks));
        long done = 0;
        foreach (Table table in tables)
        {
            long rows = 0;
            replay.Run(table, _options.FromTicks, _options.ToTicks, _options.ByEventTime, Progress, cancellationToken);
            done += rows;

            void Progress(long read, long reachedTicks)
            {
                rows = read;
                double share = total == 0 ? 1 : Math.Min(1, (double)(done + read) / total);
                _options.Progress?.Invoke(new BacktestProgress(IsLearning: false, share, done + read, reachedTicks));
            }
        }

        return [.. trials.Select(trial => Report(trial, replay))];
    }

    private Trial Prepare(Rule rule)
    {
        SeriesRecorder? series = _options.WithSeries ? new SeriesRecorder(_options.FromTicks, _options.ToTicks, rule.Windows) : null;
        var recorder = new BacktestRecorder(_options.FromTicks, _options.ToTicks, series);
        return new Trial(RunningRule.Create(rule, recorder, _options.Stream, _time, recorder.Before, series), recorder, series);
    }

    // What a live rule would have known when the span began, and learnt while it went on.
    private void Learn(RunningRule running, double from, double share, CancellationToken cancellationToken)
    {
        Rule rule = running.Rule;
        BandJudge bands = running.Bands!;
        long through = rule.Windows.EndAtOrBefore(_options.FromTicks);
        Table? table = running.Query.Plan is { } plan ? _database.FindTable(_tenant, plan.Table) : null;
        LearnTimes times = BandHistory.TimesOf(table, through, _options.Stream.MaxDelay);
        bands.Adopt(Learn(through + rule.Windows.EveryTicks, through));
        bands.LearnNow = end => Learn(end, bands.Past(end - rule.Windows.EveryTicks).ThroughTicks);

        LearntBands Learn(long end, long followedThrough)
        {
            long learnTo = times.For(end);
            PastSpans past = PastSpans.Read(_tables, rule.Name, learnTo, end, cancellationToken);
            var history = new BandHistory(_tables, (BandSpec)rule.Judge!, rule.Windows.WindowTicks, _options.Stream.MaxKeysPerQuery);
            SeriesBands series = history.Learn(times, learnTo, past, Progress, cancellationToken);
            return history.Follow(series, bands.Past(followedThrough), followedThrough, cancellationToken);
        }

        void Progress(double done) =>
            _options.Progress?.Invoke(new BacktestProgress(IsLearning: true, from + (done * share), Rows: 0, through));
    }

    private BacktestReport Report(Trial trial, StreamReplay replay)
    {
        ContinuousQuery query = trial.Running.Query;
        BacktestRecorder recorder = trial.Recorder;
        StreamStatistics statistics = replay.StatisticsOf(query);
        return new BacktestReport
        {
            Rule = trial.Running.Rule.Name,
            WindowSpec = query.Windows,
            Alerts = [.. recorder.Alerts],
            AlertCount = recorder.AlertCount,
            PagesPerDay = [.. Days().Select(day => (day, recorder.Pages.GetValueOrDefault(day)))],
            FiringWindows = recorder.FiringWindows,
            DoubtfulWindows = [.. replay.LeftOutWindows(query).Where(end => end > _options.FromTicks && end <= _options.ToTicks)],
            Windows = recorder.Windows,
            Rows = statistics.RowsIn + statistics.RowsBackfill + statistics.RowsFuture,
            RowsBackfill = statistics.RowsBackfill,
            RowsLate = statistics.RowsLate,
            RowsLateDropped = statistics.RowsLateDropped,
            WindowsCorrected = statistics.WindowsCorrected,
            Series = trial.Series?.Build(),
            Error = statistics.Error ?? recorder.Error,
        };
    }

    // The last window of a span ends with it, so that its last day is the one before.
    private IEnumerable<string> Days()
    {
        for (long day = _options.FromTicks - (_options.FromTicks % TimeSpan.TicksPerDay); day <= _options.ToTicks; day += TimeSpan.TicksPerDay)
        {
            yield return new DateTime(day, DateTimeKind.Utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }

    private sealed record Trial(RunningRule Running, BacktestRecorder Recorder, SeriesRecorder? Series);
}
