using System.Collections.Concurrent;
using Bongsu.Alert.Rules;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Store;
using Bongsu.Stream;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Judges;

/// <summary>Teaches the band rules of a tenant from the store: when they start, and again when the next history counts. One rule
/// at a time, beside the stream.</summary>
/// <remarks>The next history is learnt a while before windows are judged by it, so that they need hardly wait.</remarks>
internal sealed class BandLearner : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly string _tenant;
    private readonly StreamEngine _stream;
    private readonly StreamOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string, string, Exception?> _notice;
    private readonly ConcurrentDictionary<RunningRule, double> _shares = [];
    private readonly Dictionary<RunningRule, long> _triedTicks = [];
    private readonly Dictionary<RunningRule, SeriesBands> _prepared = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _looking = new(1);
    private Func<IReadOnlyList<RunningRule>> _rules = static () => [];
    private Task _loop = Task.CompletedTask;

    public BandLearner(
        Database database, string tenant, StreamEngine stream, StreamOptions options, TimeProvider time, Action<string, string, Exception?> notice)
    {
        _database = database;
        _tenant = tenant;
        _stream = stream;
        _options = options;
        _time = time;
        _notice = notice;
    }

    /// <summary>Begins.</summary>
    /// <param name="rules">The rules that run now.</param>
    public void Start(Func<IReadOnlyList<RunningRule>> rules)
    {
        _rules = rules;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Share of its history a rule has learnt, 0 to 1; null where it has learnt all, or has nothing to
    /// learn.</summary>
    public double? ShareOf(RunningRule rule) =>
        rule.Bands is { IsWaiting: true } ? _shares.GetValueOrDefault(rule) : null;

    /// <summary>Has all rules that are due learn now; returns when they have.</summary>
    public async Task LookAsync()
    {
        await _looking.WaitAsync(_stop.Token);
        try
        {
            IReadOnlyList<RunningRule> rules = _rules();
            Forget([.. rules]);
            foreach (RunningRule rule in rules.Where(rule => rule.Bands is not null && IsDue(rule)))
            {
                await TryLearnAsync(rule);
            }
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _looking.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await LookAsync();
                await Task.Delay(s_look, _time, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private bool IsDue(RunningRule rule)
    {
        bool isTried = _triedTicks.TryGetValue(rule, out long tried) && _time.GetUtcNow().UtcTicks - tried < s_retry.Ticks;
        return (!isTried || _prepared.ContainsKey(rule))
            && (rule.Bands!.IsWaiting ? OverTicksOf(rule) is not null : !isTried && NextOf(rule) is not null);
    }

    // End of the last window that is over; where the stream has no row yet, of that of the newest row stored, once it is old.
    private long? OverTicksOf(RunningRule rule)
    {
        if (rule.Query.Plan is not { } plan || rule.Query.Statistics.EvaluatedTicks is not null)
        {
            return rule.Query.Plan is null ? null : rule.Query.Statistics.EvaluatedTicks;
        }

        long now = _time.GetUtcNow().UtcTicks;
        long newest = _database.FindTable(_tenant, plan.Table)?.Statistics().MaxTicks ?? 0;
        WindowSpec windows = rule.Query.Windows;
        return newest > now - _options.IdleTimeout.Ticks ? null : windows.EndAtOrBefore(newest) + windows.EveryTicks;
    }

    // The end of a history that will count soon.
    private long? NextOf(RunningRule rule)
    {
        SeriesBands series = rule.Bands!.Series;
        long next = series.Times.EndedBy((rule.Query.Statistics.EvaluatedTicks ?? 0) - _options.MaxDelay.Ticks);
        return next > series.LearntToTicks && _prepared.GetValueOrDefault(rule)?.LearntToTicks != next ? next : null;
    }

    private void Forget(HashSet<RunningRule> running)
    {
        foreach (RunningRule rule in _triedTicks.Keys.Concat(_shares.Keys).Where(rule => !running.Contains(rule)).ToArray())
        {
            _triedTicks.Remove(rule);
            _prepared.Remove(rule);
            _shares.TryRemove(rule, out _);
        }
    }

    private async Task TryLearnAsync(RunningRule rule)
    {
        _triedTicks[rule] = _time.GetUtcNow().UtcTicks;
        try
        {
            if (rule.Bands!.IsWaiting)
            {
                await LearnAsync(rule);
            }
            else
            {
                _prepared[rule] = Learn(rule, rule.Bands.Series.Times, NextOf(rule)!.Value);
            }
        }
        catch (QueryException exception)
        {
            _notice("warn", $"the history of rule {rule.Rule.Name} cannot be read; it is tried again: {exception.Message}", null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _notice("error", $"rule {rule.Rule.Name} could not learn; it is tried again", exception);
        }
    }

    private async Task LearnAsync(RunningRule rule)
    {
        BandPast? past = null;
        await _stream.InvokeAsync(() =>
        {
            long over = rule.Judging!.FirstWaitingTicks - rule.Query.Windows.EveryTicks ?? OverTicksOf(rule) ?? 0;
            past = rule.Bands!.Past(over);
            return Task.CompletedTask;
        });
        if (past!.ThroughTicks == 0)
        {
            _triedTicks.Remove(rule);
            return; // rows have come meanwhile; it has a place in time soon
        }

        LearnTimes times = BandHistory.TimesOf(_database.FindTable(_tenant, rule.Query.Plan!.Table), past.ThroughTicks, _options.MaxDelay);
        long learnTo = times.For(past.ThroughTicks + rule.Query.Windows.EveryTicks);
        SeriesBands series = _prepared.Remove(rule, out SeriesBands? prepared) && prepared.LearntToTicks == learnTo
            ? prepared
            : Learn(rule, times, learnTo);
        LearntBands learnt = HistoryOf(rule).Follow(series, past, past.ThroughTicks - _options.MaxDelay.Ticks, _stop.Token);
        await _stream.InvokeAsync(() =>
        {
            rule.Bands!.Adopt(learnt);
            rule.Judging!.Resume();
            return Task.CompletedTask;
        });
        _triedTicks.Remove(rule);
        _notice("info", $"rule {rule.Rule.Name} has learnt {learnt.Series.Count} series", null);
    }

    private SeriesBands Learn(RunningRule rule, LearnTimes times, long toTicks)
    {
        long now = _time.GetUtcNow().UtcTicks;
        PastSpans past = PastSpans.Read(new TenantTables(_database, _tenant), rule.Rule.Name, toTicks, now, _stop.Token);
        return HistoryOf(rule).Learn(times, toTicks, past, share => _shares[rule] = share, _stop.Token);
    }

    private BandHistory HistoryOf(RunningRule rule) => new(
        new TenantTables(_database, _tenant), (BandSpec)rule.Rule.Judge!, rule.Query.Windows.WindowTicks, _options.MaxKeysPerQuery);
}
