using Bongsu.Alert.Alerts;
using Bongsu.Alert.Channels;
using Bongsu.Alert.Judges;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Store;
using Bongsu.Stream;

namespace Bongsu.Alert;

/// <summary>
/// Rules, alerts and notifications of one tenant: watches the rules folder, runs rules over committed batches, keeps
/// alerts, tells channels. All members are thread-safe.
/// </summary>
public sealed class AlertEngine : IAsyncDisposable
{
    private static readonly TimeSpan s_forgetInterval = TimeSpan.FromMinutes(10);

    private readonly AlertOptions _options;
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly NotificationLog _notifications;
    private readonly AlertStore _alerts;
    private readonly StreamEngine _stream;
    private readonly BandLearner _learner;
    private readonly RuleFolder? _folder;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _reload = new(1);
    private IReadOnlyList<RunningRule> _rules = [];
    private RuleSet _found = RuleSet.Empty;
    private RuleSet _set = RuleSet.Empty;
    private string _folderState = "";
    private Task _watch = Task.CompletedTask;
    private Task _telling = Task.CompletedTask;

    private AlertEngine(AlertOptions options, Database database, TimeProvider time, RetryPolicy retries)
    {
        _options = options;
        _database = database;
        _time = time;
        _notifications = new NotificationLog(
            database.Documents(options.Tenant), new ChannelSender(options.WebAddress, time), retries, time, options.HistoryAge, Notice);
        _alerts = new AlertStore(
            database.Documents(options.Tenant),
            new AlertsTable(database, options.Tenant),
            _notifications,
            new EvidenceFinder(new TenantTables(database, options.Tenant), time, Notice),
            options,
            time);
        _stream = new StreamEngine(database, options.Tenant, options.Stream, time, Notice);
        _folder = options.RulesDirectory is null ? null : new RuleFolder(options.RulesDirectory);
        _learner = new BandLearner(database, options.Tenant, _stream, options.Stream, time, Notice);
    }

    /// <summary>Rules with their health, by name.</summary>
    public IReadOnlyList<RuleView> Rules =>
        [.. Volatile.Read(ref _rules).Select(rule => rule.View(_stream.StatisticsOf(rule.Query), _learner.ShareOf(rule), _time))];

    /// <summary>What is wrong in the rules folder now; while not empty, the rules of the last good state run on. After a
    /// start there was none: the rules of files without errors run.</summary>
    public IReadOnlyList<RuleError> RuleErrors => Volatile.Read(ref _found).Errors;

    /// <summary>What the rules folder names that is not there, and does no harm.</summary>
    public IReadOnlyList<RuleError> RuleWarnings => Volatile.Read(ref _found).Warnings;

    /// <summary>The rules folder as it was when it was last without errors, or what runs of it since the start.</summary>
    public RuleSet RuleSet => Volatile.Read(ref _set);

    /// <summary>The stream below, for its counters.</summary>
    public StreamEngine Stream => _stream;

    /// <summary>Notifications that wait to be sent.</summary>
    public int PendingNotifications => _notifications.Count(Notification.Pending);

    /// <summary>Loads rules, restores state and starts; returns once the engine takes in batches.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="database">The open store; must outlive the engine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the start only.</param>
    public static Task<AlertEngine> StartAsync(
        AlertOptions options, Database database, TimeProvider time, CancellationToken cancellation = default) =>
        StartAsync(options, database, time, new RetryPolicy(), cancellation);

    /// <summary>Alerts, newest first.</summary>
    public IReadOnlyList<AlertView> Alerts(AlertFilter filter) => _alerts.List(filter);

    /// <summary>Looks at the rules folder now; a folder with errors changes nothing but
    /// <see cref="RuleErrors"/>.</summary>
    /// <returns>True where the folder's rules run.</returns>
    public async Task<bool> ReloadAsync()
    {
        await _reload.WaitAsync();
        try
        {
            return await ReloadIfChangedAsync();
        }
        finally
        {
            _reload.Release();
        }
    }

    /// <summary>A file of the rules folder; null where there is none of that name.</summary>
    /// <param name="file">Relative to the folder.</param>
    public RuleFileText? ReadRuleFile(string file) => RuleFolder.FaultOf(file) is null ? _folder?.Read(file) : null;

    /// <summary>What would be wrong if a file of the rules folder had this text.</summary>
    /// <param name="file">Relative to the folder.</param>
    /// <param name="text">The text.</param>
    public RuleSet CheckRuleFile(string file, string text) => RuleSet.Load(
        _options.RulesDirectory ?? "", new TenantTables(_database, _options.Tenant), _time.GetUtcNow().UtcTicks, draft: (file, text));

    /// <summary>Writes or removes a file of the rules folder, and runs its rules. A text with errors changes nothing.</summary>
    /// <param name="file">Relative to the folder.</param>
    /// <param name="text">The text; null = remove the file.</param>
    /// <param name="version">The version it was made of; null = there is none yet.</param>
    public async Task<RuleFileChange> ChangeRuleFileAsync(string file, string? text, string? version)
    {
        string? fault = _folder is null ? "the server has no rules folder; it is given by --rules DIR" : RuleFolder.FaultOf(file);
        if (fault is not null || text?.Length > RuleFolder.MaxTextChars)
        {
            return new RuleFileChange(null, fault ?? $"the file is longer than {RuleFolder.MaxTextChars} characters");
        }

        await _reload.WaitAsync();
        try
        {
            RuleFileText? known = _folder!.Read(file);
            if (known?.Version != version)
            {
                return new RuleFileChange(known, IsStale: true);
            }

            RuleError[] errors = text is null ? [] : [.. CheckRuleFile(file, text).Errors.Where(error => error.File == file)];
            if (errors.Length > 0)
            {
                return new RuleFileChange(known, Errors: errors);
            }

            if (text is not null)
            {
                known = _folder.Write(file, text);
            }
            else if (known is not null)
            {
                _folder.Delete(file);
                known = null;
            }

            await ReloadIfChangedAsync();
            return new RuleFileChange(known);
        }
        finally
        {
            _reload.Release();
        }
    }

    /// <summary>Completes once all that was committed before the call has passed the rules and alerts are
    /// stored.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        await _stream.DrainAsync(cancellationToken);
        await _alerts.FlushAsync();
    }

    /// <summary>Has rules with bands learn what they have to learn now, instead of within seconds.</summary>
    internal Task LearnAsync() => _learner.LookAsync();

    /// <summary>Writes a checkpoint and stops; pending notifications are kept for the next start.</summary>
    public ValueTask DisposeAsync() => StopAsync(withCheckpoint: true);

    internal static async Task<AlertEngine> StartAsync(
        AlertOptions options, Database database, TimeProvider time, RetryPolicy retries, CancellationToken cancellation)
    {
        var engine = new AlertEngine(options, database, time, retries);
        engine._alerts.Start();
        RuleSet set = engine.LoadFolder(isStart: true);
        cancellation.ThrowIfCancellationRequested();
        engine.Note(set);
        bool isWhole = set.Errors.Count == 0;
        engine._notifications.SetChannels(set.Channels, isWhole);
        set = isWhole ? set : set.WithoutFaultyFiles();
        engine._set = set;
        engine._notifications.Start();
        engine._rules = [.. set.Rules.Select(engine.Run)];
        await engine._stream.StartAsync([.. engine._rules.Select(rule => rule.Query)]);
        if (isWhole)
        {
            await engine._stream.InvokeAsync(() => engine.ResolveRemovedAsync(set));
        }

        engine._learner.Start(() => Volatile.Read(ref engine._rules));
        engine._watch = Task.Run(engine.WatchAsync, CancellationToken.None);
        engine._telling = Task.Run(() => engine._alerts.RunAsync(engine.Notice, engine._stop.Token), CancellationToken.None);
        return engine;
    }

    internal async ValueTask StopAsync(bool withCheckpoint)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await _watch;
        await _telling;
        await _learner.DisposeAsync();
        await _stream.StopAsync(withCheckpoint);
        if (withCheckpoint)
        {
            await TellHeldAsync();
        }

        _alerts.Dispose();
        await _notifications.DisposeAsync();
        _stop.Dispose();
    }

    private async Task TellHeldAsync()
    {
        try
        {
            await _alerts.FlushAsync();
        }
        catch (Exception exception)
        {
            Notice("error", "alerts that fired last were not told; they are at the next start", exception);
        }
    }

    private async Task WatchAsync()
    {
        long forgotten = _time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_options.ReloadInterval, _time, _stop.Token);
                await ReloadAsync();
                if (_time.GetElapsedTime(forgotten) > s_forgetInterval)
                {
                    forgotten = _time.GetTimestamp();
                    _alerts.Forget();
                    _notifications.Forget();
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Notice("error", "the rules folder could not be read; the rules run on as they are", exception);
            }
        }
    }

    private async Task<bool> ReloadIfChangedAsync()
    {
        if (FolderState() == _folderState)
        {
            return RuleErrors.Count == 0;
        }

        RuleSet set = LoadFolder(isStart: false);
        Note(set);
        if (set.Errors.Count > 0)
        {
            return false;
        }

        RunningRule[] rules = [.. set.Rules.Select(Run)];
        _notifications.SetChannels(set.Channels, isWhole: true);
        Volatile.Write(ref _set, set);
        await _stream.ReplaceAsync([.. rules.Select(rule => rule.Query)]);
        await _stream.InvokeAsync(() => KeepBands(_rules, rules));
        Volatile.Write(ref _rules, rules);
        await _stream.InvokeAsync(() => ResolveRemovedAsync(set));
        Notice("info", $"{rules.Length} rules run", null);
        return true;
    }

    private Task ResolveRemovedAsync(RuleSet set) =>
        _alerts.ResolveOthersAsync(set.Rules.Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal), _stop.Token);

    private RunningRule Run(Rule rule) => RunningRule.Create(rule, _alerts, _options.Stream, _time);

    // A rule that is as it was need not learn again.
    private static Task KeepBands(IReadOnlyList<RunningRule> from, IReadOnlyList<RunningRule> to)
    {
        foreach (RunningRule rule in to.Where(rule => rule.Bands is not null))
        {
            if (from.FirstOrDefault(other => other.Rule.IsSameSeries(rule.Rule))?.Bands is { IsWaiting: false } known)
            {
                rule.Bands!.TakeOver(known);
                rule.Judging!.Resume();
            }
        }

        return Task.CompletedTask;
    }

    // A query that was right may fail since the columns of its table have other types now: no reason to stop anything else.
    private RuleSet LoadFolder(bool isStart)
    {
        _folderState = FolderState();
        return _options.RulesDirectory is null
            ? RuleSet.Empty
            : RuleSet.Load(_options.RulesDirectory, new TenantTables(_database, _options.Tenant), _time.GetUtcNow().UtcTicks)
                .Letting(rule => isStart || _rules.Any(known => known.Rule.Name == rule.Name && known.Rule.StreamQuery == rule.StreamQuery));
    }

    private void Note(RuleSet found)
    {
        Volatile.Write(ref _found, found);
        foreach ((IReadOnlyList<RuleError> faults, string what) in ((IReadOnlyList<RuleError>, string)[])
            [(found.Errors, "errors, its changes are not taken"), (found.Warnings, "warnings")])
        {
            if (faults.Count > 0)
            {
                Notice("warn", $"the rules folder has {faults.Count} {what}; first: {faults[0]}", null);
            }
        }
    }

    // Names, lengths and times of the files: enough to see a change, cheap enough to look every two seconds.
    private string FolderState() => _options.RulesDirectory is null
        ? ""
        : string.Join('\n', RuleSet.FilesOf(_options.RulesDirectory)
            .Select(file => new FileInfo(file))
            .Select(file => $"{file.FullName} {(file.Exists ? file.Length : -1)} {file.LastWriteTimeUtc.Ticks}"));

    private void Notice(string level, string text, Exception? exception) => _options.Notice?.Invoke(level, text, exception);
}
