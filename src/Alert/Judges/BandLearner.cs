using System.Collections.Concurrent;
using Bongsu.Alert.Rules;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Store;
using Bongsu.Stream;

namespace Bongsu.Alert.Judges;

/// <summary>Teaches the band rules of a tenant from the store: when they start, and again when much has come since. One rule
/// at a time, beside the stream.</summary>
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
    private readonly ConcurrentDictionary<RunningRule, long> _triedTicks = [];
    private readonly CancellationTokenSource _stop = new();
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                foreach (RunningRule rule in _rules().Where(rule => rule.Bands is not null && IsDue(rule)))
                {
                    await LearnAsync(rule);
                }

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
        return !isTried && rule.Query.Plan is not null && (rule.Bands!.IsWaiting || rule.Bands.WantsLearning);
    }

    private async Task LearnAsync(RunningRule rule)
    {
        long now = _time.GetUtcNow().UtcTicks;
        _triedTicks[rule] = now;
        try
        {
            long through = rule.Query.Windows.EndAtOrBefore(rule.Query.Statistics.EvaluatedTicks ?? now - rule.Query.Windows.LatenessTicks);
            var tables = new TenantTables(_database, _tenant);
            var history = new BandHistory(
                tables, (BandSpec)rule.Rule.Judge!, rule.Query.Windows.WindowTicks, _options.MaxKeysPerQuery);
            LearntBands learnt = history.Learn(
                through, PastAlerts.Read(tables, rule.Rule.Name, now, _stop.Token), share => _shares[rule] = share, _stop.Token);
            await _stream.InvokeAsync(() =>
            {
                rule.Bands!.Adopt(learnt);
                rule.Judging!.Resume();
                return Task.CompletedTask;
            });
            _notice("info", $"rule {rule.Rule.Name} has learnt {learnt.Models.Count} series", null);
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
}
