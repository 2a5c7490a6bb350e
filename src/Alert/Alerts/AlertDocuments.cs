using System.Globalization;
using System.Text.Json;
using Bongsu.Store.Documents;

namespace Bongsu.Alert.Alerts;

/// <summary>Alerts as documents: one for what changed at once, so that a storm is one write.
/// Thread-safe.</summary>
internal sealed class AlertDocuments
{
    private const string Collection = "alerts";

    private readonly DocumentStore _documents;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _documentOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _current = new(StringComparer.Ordinal);
    private long _number;

    public AlertDocuments(DocumentStore documents)
    {
        _documents = documents;
    }

    /// <summary>Reads everything: of each alert its latest form.</summary>
    public List<StoredAlert> Load()
    {
        var latest = new Dictionary<string, StoredAlert>(StringComparer.Ordinal);
        foreach ((string id, byte[] json) in _documents.List(Collection).OrderBy(document => document.Key, StringComparer.Ordinal))
        {
            _number = Math.Max(_number, long.Parse(id, CultureInfo.InvariantCulture));
            _current[id] = 0;
            foreach (StoredAlert alert in JsonSerializer.Deserialize(json, AlertJson.Plain.StoredAlertArray)!)
            {
                latest[alert.Alert.Id] = alert;
                Move(alert.Alert.Id, id);
            }
        }

        Sweep(_current.Keys.ToArray());
        return [.. latest.Values];
    }

    /// <summary>Stores alerts in the place of what was there of them, all or none; durable when it returns.</summary>
    public void Put(IReadOnlyCollection<StoredAlert> alerts)
    {
        if (alerts.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            string id = (++_number).ToString("D18", CultureInfo.InvariantCulture);
            _documents.Put(Collection, id, JsonSerializer.SerializeToUtf8Bytes([.. alerts], AlertJson.Plain.StoredAlertArray));
            _current[id] = 0;
            Sweep([.. alerts.Select(alert => Move(alert.Alert.Id, id)).OfType<string>().Distinct()]);
        }
    }

    /// <summary>Lets go of alerts.</summary>
    public void Remove(IEnumerable<string> alerts)
    {
        lock (_lock)
        {
            var touched = new HashSet<string>(StringComparer.Ordinal);
            foreach (string alert in alerts)
            {
                if (_documentOf.Remove(alert, out string? document))
                {
                    _current[document]--;
                    touched.Add(document);
                }
            }

            Sweep(touched);
        }
    }

    private string? Move(string alert, string document)
    {
        string? before = _documentOf.GetValueOrDefault(alert);
        if (before is not null)
        {
            _current[before]--;
        }

        _documentOf[alert] = document;
        _current[document]++;
        return before;
    }

    // A document of which nothing is the latest form any more.
    private void Sweep(IEnumerable<string> documents)
    {
        foreach (string document in documents)
        {
            if (_current.TryGetValue(document, out int count) && count == 0)
            {
                _current.Remove(document);
                _documents.Delete(Collection, document);
            }
        }
    }
}
