using System.Collections.Concurrent;
using Bongsu.Alert.Channels;
using Bongsu.Core.Text;
using Bongsu.Store.Documents;

namespace Bongsu.Alert.Alerts;

/// <summary>All alerts that fire and those that ended lately: in memory, and in documents. Reads from any
/// thread.</summary>
/// <remarks>
/// What fires is held for a moment: evidence is looked up, and what fires at once becomes one message. The document comes
/// first, then row and message, then the document that says so; until it is there, all of this is done again, and each part
/// knows a repeat.
/// </remarks>
internal sealed class AlertStore : IAlertSink, IDisposable
{
    private const int MaxWithEvidence = 3;
    private static readonly TimeSpan s_evidenceTime = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    private readonly AlertDocuments _documents;
    private readonly AlertsTable _table;
    private readonly NotificationLog _notifications;
    private readonly EvidenceFinder _evidence;
    private readonly AlertOptions _options;
    private readonly TimeProvider _time;
    private readonly StormControl _storms;
    private readonly ConcurrentDictionary<string, AlertView> _alerts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AlertView> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredAlert> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlertView> _decided = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly SemaphoreSlim _flush = new(1);
    private readonly SemaphoreSlim _wake = new(0);

    public AlertStore(
        DocumentStore documents, AlertsTable table, NotificationLog notifications, EvidenceFinder evidence, AlertOptions options, TimeProvider time)
    {
        _documents = new AlertDocuments(documents);
        _table = table;
        _notifications = notifications;
        _evidence = evidence;
        _options = options;
        _time = time;
        _storms = new StormControl(options.StormRules, time);
    }

    /// <summary>Reads the documents.</summary>
    public void Start()
    {
        List<StoredAlert> stored = _documents.Load();
        foreach (StoredAlert alert in stored)
        {
            _alerts[alert.Alert.Id] = alert.Alert;
            if (alert.Stage == AlertStage.Held)
            {
                _held[alert.Alert.Id] = alert;
            }
            else if (alert.Stage == AlertStage.Decided)
            {
                _decided[alert.Alert.Id] = alert.Alert;
            }
        }

        _storms.Load([.. stored.Where(alert => alert.Stage != AlertStage.Held).Select(alert => alert.Alert)]);
        _wake.Release();
        Forget();
    }

    /// <summary>Tells what was held, until it is cancelled.</summary>
    public async Task RunAsync(Action<string, string, Exception?> notice, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(cancellationToken);
                await Task.Delay(_options.HoldTime, _time, cancellationToken);
                await FlushAsync();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                notice("error", "alerts that fire could not be told; it is tried again", exception);
                _wake.Release();
                await Task.Delay(s_retryDelay, _time, CancellationToken.None);
            }
        }
    }

    /// <summary>Alerts that meet a filter, newest first.</summary>
    public IReadOnlyList<AlertView> List(AlertFilter filter)
    {
        string from = filter.FromTicks <= 0 ? "" : ScalarText.FormatDateTime(filter.FromTicks);
        string? to = filter.ToTicks >= DateTime.MaxValue.Ticks ? null : ScalarText.FormatDateTime(Math.Max(0, filter.ToTicks));
        return
        [
            .. _alerts.Values.Concat(_pending.Values)
                .Where(alert => (filter.State is null || alert.State == filter.State) && (filter.Rule is null || alert.Rule == filter.Rule))
                .Where(alert => (filter.Id is null || alert.Id == filter.Id) && (filter.Storm is null || alert.Storm == filter.Storm))
                .Where(alert => string.CompareOrdinal(alert.ResolvedAt ?? "9", from) >= 0)
                .Where(alert => to is null || string.CompareOrdinal(alert.StartedAt, to) < 0)
                .OrderByDescending(alert => alert.StartedAt, StringComparer.Ordinal)
                .ThenByDescending(alert => alert.FiredAt, StringComparer.Ordinal)
                .ThenBy(alert => alert.Id, StringComparer.Ordinal)
                .Take(filter.Limit),
        ];
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            AlertChange[] news = [.. changes.Where(IsNews)];
            AlertChange[] firing = [.. news.Where(change => change.Notifies && change.Alert.State == "firing")];
            Hold(firing);
            AlertChange[] others = [.. news.Except(firing)];
            if (others.Any(change => _held.ContainsKey(change.Alert.Id)))
            {
                await ReleaseAsync(new Dictionary<string, AlertEvidence>()); // its end must not overtake it
            }

            await FinishDecidedAsync();
            await RecordAsync(others, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Tells what is held, now.</summary>
    public async Task FlushAsync()
    {
        await _flush.WaitAsync();
        try
        {
            StoredAlert[] held = await HeldAsync();
            Dictionary<string, AlertEvidence> evidence = await Task.Run(() => FindEvidence(held));
            await _gate.WaitAsync();
            try
            {
                await ReleaseAsync(evidence);
                await FinishDecidedAsync();
            }
            finally
            {
                _gate.Release();
            }
        }
        finally
        {
            _flush.Release();
        }
    }

    /// <inheritdoc/>
    public void Refresh(AlertView alert)
    {
        if (alert.State == "pending")
        {
            _pending[alert.Id] = alert;
        }
        else if (_alerts.TryGetValue(alert.Id, out AlertView? known) && known.Revision == alert.Revision)
        {
            _alerts[alert.Id] = Marked(alert);
        }
    }

    /// <inheritdoc/>
    public void Withdraw(string id) => _pending.TryRemove(id, out _);

    /// <summary>Ends the alerts of rules that are no more.</summary>
    public async Task ResolveOthersAsync(IReadOnlySet<string> rules, CancellationToken cancellationToken)
    {
        AlertView[] left = [.. _alerts.Values.Where(alert =>
            alert.State == "firing" && alert.Kind != StormControl.Kind && !rules.Contains(alert.Rule))];
        await ApplyAsync([.. left.Select(alert => new AlertChange(
            alert with
            {
                State = "resolved",
                ResolvedAt = ScalarText.FormatDateTime(_time.GetUtcNow().UtcTicks),
                Revision = alert.Revision + 1,
                Annotations = new SortedDictionary<string, string>(alert.Annotations.ToDictionary(), StringComparer.Ordinal)
                {
                    ["resolution"] = "the rule was removed",
                },
            },
            Notifies: true))], cancellationToken);
        foreach (AlertView alert in _pending.Values.Where(alert => !rules.Contains(alert.Rule)))
        {
            Withdraw(alert.Id);
        }
    }

    /// <summary>Lets go of alerts that ended long ago, and of the oldest past the most that are kept; the table keeps
    /// all.</summary>
    public void Forget()
    {
        string before = ScalarText.FormatDateTime(_time.GetUtcNow().UtcTicks - _options.HistoryAge.Ticks);
        AlertView[] ended = [.. _alerts.Values.Where(alert => alert.State == "resolved").OrderByDescending(EndedAt, StringComparer.Ordinal)];
        string[] old = [.. ended
            .Where((alert, index) => index >= _options.MaxHistory || string.CompareOrdinal(EndedAt(alert), before) < 0)
            .Select(alert => alert.Id)];
        foreach (string id in old)
        {
            _alerts.TryRemove(id, out _);
        }

        _documents.Remove(old);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _flush.Dispose();
        _wake.Dispose();
    }

    // An alert about old data that was told today is news of today.
    private static string EndedAt(AlertView alert) =>
        string.CompareOrdinal(alert.ResolvedAt, alert.FiredAt) > 0 ? alert.ResolvedAt! : alert.FiredAt;

    private bool IsNews(AlertChange change) =>
        !_alerts.TryGetValue(change.Alert.Id, out AlertView? known) || known.Revision < change.Alert.Revision;

    private void Hold(AlertChange[] changes)
    {
        if (changes.Length == 0)
        {
            return;
        }

        StoredAlert[] held = [.. changes.Select(change => new StoredAlert(change.Alert, AlertStage.Held, change.StormSize, change.Limits))];
        _documents.Put(held);
        foreach (StoredAlert alert in held)
        {
            _held[alert.Alert.Id] = alert;
            _alerts[alert.Alert.Id] = alert.Alert; // listed before it is told: whoever follows the message finds it
            Withdraw(alert.Alert.Id);
        }

        _wake.Release();
    }

    // What is no first firing: told and written down at once.
    private async Task RecordAsync(AlertChange[] changes, CancellationToken cancellationToken)
    {
        if (changes.Length == 0)
        {
            return;
        }

        AlertView[] alerts = [.. changes.Select(change => Marked(change.Alert))];
        List<AlertView> storms = _storms.Note(alerts);
        AlertView[] all = [.. alerts, .. storms];
        var before = all.Select(alert => (alert.Id, Known: _alerts.GetValueOrDefault(alert.Id))).ToList();
        foreach (AlertView alert in all)
        {
            _alerts[alert.Id] = alert;
        }

        try
        {
            var told = changes.Where(change => change.Notifies).Select(change => change.Alert.Id).ToHashSet(StringComparer.Ordinal);
            foreach (AlertView alert in all.Where(alert => alert.Storm is null && alert.State == "resolved"))
            {
                if (alert.Kind == StormControl.Kind || told.Contains(alert.Id))
                {
                    await _notifications.NotifyAsync(alert);
                }
            }

            await _table.AppendAsync(all, _time.GetUtcNow().UtcTicks, cancellationToken);
            _documents.Put([.. all.Select(alert => new StoredAlert(alert))]);
        }
        catch
        {
            foreach ((string id, AlertView? known) in before)
            {
                _alerts.TryRemove(id, out _);
                if (known is not null)
                {
                    _alerts[id] = known;
                }
            }

            throw;
        }
    }

    private async Task ReleaseAsync(Dictionary<string, AlertEvidence> evidence)
    {
        if (_held.Count == 0)
        {
            return;
        }

        // As it is shown now: its values may have moved on while it was held, but people are told what made it fire.
        StoredAlert[] held = [.. _held.Values.Select(stored => stored with
        {
            Alert = stored.Alert with { Evidence = evidence.GetValueOrDefault(stored.Alert.Id) },
        })];
        List<AlertView> decided = _storms.Group(held);
        _held.Clear();
        foreach (AlertView alert in decided)
        {
            _decided[alert.Id] = alert;
        }

        _documents.Put([.. decided.Select(alert => new StoredAlert(alert, AlertStage.Decided))]);
        await FinishDecidedAsync();
    }

    private async Task FinishDecidedAsync()
    {
        if (_decided.Count == 0)
        {
            return;
        }

        AlertView[] decided = [.. _decided.Values];
        foreach (AlertView alert in decided)
        {
            _alerts[alert.Id] = alert;
            if (alert.Storm is null)
            {
                await _notifications.NotifyAsync(alert); // a storm that grew was told before
            }
        }

        await _table.AppendAsync(decided, _time.GetUtcNow().UtcTicks, CancellationToken.None);
        _documents.Put([.. decided.Select(alert => new StoredAlert(alert))]);
        _decided.Clear();
    }

    private async Task<StoredAlert[]> HeldAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return [.. _held.Values];
        }
        finally
        {
            _gate.Release();
        }
    }

    private Dictionary<string, AlertEvidence> FindEvidence(StoredAlert[] held)
    {
        var found = new Dictionary<string, AlertEvidence>(StringComparer.Ordinal);
        using var time = new CancellationTokenSource(s_evidenceTime);
        foreach (StoredAlert stored in held.Take(held.Length > MaxWithEvidence ? 1 : MaxWithEvidence))
        {
            if (_evidence.Find(stored.Alert, stored.Limits ?? [], time.Token) is { } evidence)
            {
                found[stored.Alert.Id] = evidence;
            }
        }

        return found;
    }

    // The rule knows of neither.
    private AlertView Marked(AlertView alert) => _alerts.TryGetValue(alert.Id, out AlertView? known)
        ? alert with { Evidence = known.Evidence, Storm = known.Storm }
        : alert;
}
