using System.Collections.Concurrent;
using System.Text.Json;
using Bongsu.Alert.Channels;
using Bongsu.Core.Text;
using Bongsu.Store.Documents;

namespace Bongsu.Alert.Alerts;

/// <summary>All alerts that fire and those that ended lately: in memory, and in documents. Reads from any
/// thread.</summary>
internal sealed class AlertStore : IAlertSink
{
    private const string Collection = "alerts";

    private readonly DocumentStore _documents;
    private readonly AlertsTable _table;
    private readonly NotificationLog _notifications;
    private readonly AlertOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, AlertView> _alerts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AlertView> _pending = new(StringComparer.Ordinal);

    public AlertStore(DocumentStore documents, AlertsTable table, NotificationLog notifications, AlertOptions options, TimeProvider time)
    {
        _documents = documents;
        _table = table;
        _notifications = notifications;
        _options = options;
        _time = time;
    }

    /// <summary>Reads the documents.</summary>
    public void Start()
    {
        foreach ((string _, byte[] json) in _documents.List(Collection))
        {
            AlertView alert = JsonSerializer.Deserialize(json, AlertJson.Plain.AlertView)!;
            _alerts[alert.Id] = alert;
        }

        Forget();
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
        foreach (AlertChange change in changes)
        {
            await ApplyAsync(change, cancellationToken);
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
            _alerts[alert.Id] = alert;
        }
    }

    /// <inheritdoc/>
    public void Withdraw(string id) => _pending.TryRemove(id, out _);

    private async Task ApplyAsync(AlertChange change, CancellationToken cancellationToken)
    {
        AlertView alert = change.Alert;
        if (_alerts.TryGetValue(alert.Id, out AlertView? known) && known.Revision >= alert.Revision)
        {
            return;
        }

        // Listed before it is told: whoever follows the message finds it.
        _alerts[alert.Id] = alert;
        Withdraw(alert.Id);
        try
        {
            // The document comes last: until it is there, all of this is done again, and each part knows a repeat.
            if (change.Notifies)
            {
                await _notifications.NotifyAsync(alert);
            }

            await _table.AppendAsync(alert, _time.GetUtcNow().UtcTicks, cancellationToken);
            await _documents.PutAsync(Collection, alert.Id, JsonSerializer.SerializeToUtf8Bytes(alert, AlertJson.Plain.AlertView));
        }
        catch
        {
            if (known is null)
            {
                _alerts.TryRemove(alert.Id, out _);
            }
            else
            {
                _alerts[alert.Id] = known;
            }

            throw;
        }
    }

    /// <summary>Ends the alerts of rules that are no more.</summary>
    public async Task ResolveOthersAsync(IReadOnlySet<string> rules, CancellationToken cancellationToken)
    {
        foreach (AlertView alert in _alerts.Values.Where(alert => alert.State == "firing" && !rules.Contains(alert.Rule)).ToArray())
        {
            AlertView resolved = alert with
            {
                State = "resolved",
                ResolvedAt = ScalarText.FormatDateTime(_time.GetUtcNow().UtcTicks),
                Revision = alert.Revision + 1,
                Annotations = new SortedDictionary<string, string>(alert.Annotations.ToDictionary(), StringComparer.Ordinal)
                {
                    ["resolution"] = "the rule was removed",
                },
            };
            await ApplyAsync(new AlertChange(resolved, Notifies: true), cancellationToken);
        }

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
        for (int index = 0; index < ended.Length; index++)
        {
            if (index >= _options.MaxHistory || string.CompareOrdinal(EndedAt(ended[index]), before) < 0)
            {
                _alerts.TryRemove(ended[index].Id, out _);
                _documents.Delete(Collection, ended[index].Id);
            }
        }
    }

    // An alert about old data that was told today is news of today.
    private static string EndedAt(AlertView alert) =>
        string.CompareOrdinal(alert.ResolvedAt, alert.FiredAt) > 0 ? alert.ResolvedAt! : alert.FiredAt;
}
