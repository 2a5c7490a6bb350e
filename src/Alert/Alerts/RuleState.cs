using System.Text.Json;
using Bongsu.Alert.Rules;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Alerts;

/// <summary>
/// What a rule has told of each key, and what follows from the next result: windows in, alert changes out. Pure but for
/// the wall clock that stamps changes.
/// </summary>
/// <remarks>
/// An alert's id is made of rule, key and first window, and its revision counts changes: so whoever is handed a change
/// again after a restart knows it.
/// </remarks>
internal sealed class RuleState : WindowConsumer
{
    private const int StateVersion = 1;
    private const string NoDataKey = "{\"no_data\":true}";

    private readonly Rule _rule;
    private readonly AlertComposer _composer;
    private readonly IAlertSink _sink;
    private readonly Dictionary<string, Episode> _active = new(StringComparer.Ordinal);
    private readonly List<Episode> _ended = [];
    private readonly SortedDictionary<long, Dictionary<string, string>> _told = [];
    private readonly List<AlertChange> _pending = [];
    private Episode? _noData;
    private bool _hadData;
    private bool _hasData = true;
    private long _latestTicks = long.MinValue;
    private int _firingCount;

    /// <summary>A rule that has told nothing.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="composer">Makes alerts of results.</param>
    /// <param name="sink">Who is handed changes.</param>
    public RuleState(Rule rule, AlertComposer composer, IAlertSink sink)
    {
        _rule = rule;
        _composer = composer;
        _sink = sink;
    }

    /// <summary>Keys (and silence) firing now; may be read from any thread.</summary>
    public int FiringCount => Volatile.Read(ref _firingCount);

    /// <summary>False while its table is silent; may be read from any thread.</summary>
    public bool HasData => Volatile.Read(ref _hasData);

    /// <inheritdoc/>
    public override bool IsQuiet =>
        _active.Count == 0 && (_rule.NoData == NoDataPolicy.Ignore || !_hadData);

    /// <inheritdoc/>
    public override bool HasPending => _pending.Count > 0;

    private long EveryTicks => _rule.Windows.EveryTicks;

    /// <inheritdoc/>
    public override bool Consume(WindowResult result)
    {
        if (result.IsEarly)
        {
            return false; // the closing result says it all
        }

        Dictionary<string, KeyedRow> rows = _composer.RowsByKey(result.Rows);
        bool isChanged = result.IsCorrection ? Correct(result, rows) : Tell(result, rows);
        if (rows.Count > 0)
        {
            _told[result.EndTicks] = rows.ToDictionary(row => row.Key, row => row.Value.ValuesText, StringComparer.Ordinal);
        }
        else
        {
            _told.Remove(result.EndTicks);
        }

        Forget(result.FinalThroughTicks);
        Volatile.Write(ref _firingCount, _active.Count + (_noData is null ? 0 : 1));
        return isChanged;
    }

    /// <inheritdoc/>
    public override void ConsumeError(string? message, long atTicks)
    {
        // The rule's state shows it; alerts stay as they are until there is a result again.
    }

    /// <inheritdoc/>
    public override async Task DeliverAsync(CancellationToken cancellationToken)
    {
        while (_pending.Count > 0)
        {
            await _sink.ApplyAsync(_pending[0], cancellationToken);
            _pending.RemoveAt(0);
        }
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(StateVersion);
        writer.Write(_latestTicks);
        writer.Write(_hadData);
        writer.Write(_hasData);
        WriteAll(writer, _active.Values, WriteEpisode);
        WriteAll(writer, _ended, WriteEpisode);
        WriteAll<Episode>(writer, _noData is null ? [] : [_noData], WriteEpisode);
        WriteAll(writer, _pending, static (writer, change) =>
            writer.Write(JsonSerializer.Serialize(change, AlertJson.Plain.AlertChange)));
        WriteAll(writer, _told, static (writer, window) =>
        {
            writer.Write(window.Key);
            WriteAll(writer, window.Value, static (writer, row) =>
            {
                writer.Write(row.Key);
                writer.Write(row.Value);
            });
        });
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
        int version = reader.ReadInt32();
        if (version != StateVersion)
        {
            throw new InvalidDataException($"state of rule {_rule.Name}: version {version}, expected {StateVersion}");
        }

        _latestTicks = reader.ReadInt64();
        _hadData = reader.ReadBoolean();
        _hasData = reader.ReadBoolean();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            Episode episode = ReadEpisode(reader);
            _active[episode.Key] = episode;
        }

        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _ended.Add(ReadEpisode(reader));
        }

        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _noData = ReadEpisode(reader);
        }

        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _pending.Add(JsonSerializer.Deserialize(reader.ReadString(), AlertJson.Plain.AlertChange)!);
        }

        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            var rows = new Dictionary<string, string>(StringComparer.Ordinal);
            _told.Add(reader.ReadInt64(), rows);
            for (int row = reader.ReadInt32(); row > 0; row--)
            {
                rows.Add(reader.ReadString(), reader.ReadString());
            }
        }

        _firingCount = _active.Count + (_noData is null ? 0 : 1);
    }

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items)
        {
            write(writer, item);
        }
    }

    private static void WriteEpisode(BinaryWriter writer, Episode episode) =>
        writer.Write(JsonSerializer.Serialize(episode, AlertJson.Plain.Episode));

    private static Episode ReadEpisode(BinaryReader reader) =>
        JsonSerializer.Deserialize(reader.ReadString(), AlertJson.Plain.Episode)!;

    private bool Tell(WindowResult result, Dictionary<string, KeyedRow> rows)
    {
        _latestTicks = result.EndTicks;
        int before = _pending.Count;
        foreach (Episode episode in _active.Values.Where(episode => !rows.ContainsKey(episode.Key)).ToArray())
        {
            Resolve(episode, result.EndTicks, isCorrection: false);
        }

        foreach ((string key, KeyedRow row) in rows)
        {
            if (_active.TryGetValue(key, out Episode? episode))
            {
                episode.LastTicks = result.EndTicks;
                episode.Alert = _composer.WithValues(episode.Alert, row, result);
                _sink.Refresh(episode.Alert);
            }
            else
            {
                _active.Add(key, Fire(key, row, result));
            }
        }

        NoteData(result);
        return _pending.Count > before;
    }

    private void NoteData(WindowResult result)
    {
        _hadData |= result.HasData;
        Volatile.Write(ref _hasData, result.HasData || !_hadData);
        if (_hasData && _noData is not null)
        {
            AlertView resolved = _composer.Resolved(_noData.Alert, result.EndTicks, isCorrection: false);
            _pending.Add(new AlertChange(resolved, Notifies: true));
            _noData = null;
        }
        else if (!_hasData && _noData is null && _rule.NoData == NoDataPolicy.Alert)
        {
            AlertView alert = _composer.NoData(result);
            _noData = new Episode { Key = NoDataKey, StartTicks = result.EndTicks, LastTicks = result.EndTicks, Alert = alert };
            _pending.Add(new AlertChange(alert, Notifies: true));
        }
    }

    private bool Correct(WindowResult result, Dictionary<string, KeyedRow> rows)
    {
        Dictionary<string, string> before = _told.GetValueOrDefault(result.EndTicks) ?? [];
        bool isChanged = false;
        foreach ((string key, KeyedRow row) in rows)
        {
            if (!before.TryGetValue(key, out string? values))
            {
                AddWindow(key, row, result);
                isChanged = true;
            }
            else if (values != row.ValuesText)
            {
                ChangeValues(key, row, result);
                isChanged = true;
            }
        }

        foreach (string key in before.Keys.Where(key => !rows.ContainsKey(key)))
        {
            RemoveWindow(key, result.EndTicks);
            isChanged = true;
        }

        return isChanged;
    }

    // Late rows made the condition hold in a window that had been told without.
    private void AddWindow(string key, KeyedRow row, WindowResult result)
    {
        long end = result.EndTicks;
        Episode? episode = _active.GetValueOrDefault(key);
        if (episode is not null && episode.StartTicks == end + EveryTicks)
        {
            episode.StartTicks = end;
            Revise(episode, _composer.StartedAt(episode.Alert, end));
            return;
        }

        if (episode?.Holds(end) == true)
        {
            return;
        }

        Episode? ended = _ended.Find(other => other.Key == key &&
            (other.StartTicks == end || other.StartTicks == end + EveryTicks || other.LastTicks + EveryTicks == end));
        if (ended is not null)
        {
            ended.LastTicks = ended.StartTicks == end ? Math.Max(ended.LastTicks, end) : ended.LastTicks;
            Extend(ended, row, result);
        }
        else if (end == _latestTicks && episode is null)
        {
            _active.Add(key, Fire(key, row, result));
        }
        else
        {
            // In the past, and over: whatever fires for the key now is another alert.
            Resolve(Fire(key, row, result), end + EveryTicks, isCorrection: true);
        }
    }

    // An alert that is over gets a window more, at its front or its back; at the back of time it goes on firing.
    private void Extend(Episode ended, KeyedRow row, WindowResult result)
    {
        long end = result.EndTicks;
        if (ended.StartTicks == end + EveryTicks)
        {
            ended.StartTicks = end;
            Revise(ended, _composer.StartedAt(ended.Alert, end));
            return;
        }

        ended.LastTicks = Math.Max(ended.LastTicks, end);
        AlertView alert = _composer.WithValues(ended.Alert, row, result);
        if (end == _latestTicks && !_active.ContainsKey(ended.Key))
        {
            _ended.Remove(ended);
            _active.Add(ended.Key, ended);
            Revise(ended, _composer.FiringAgain(alert));
        }
        else
        {
            Revise(ended, _composer.ResolvedAt(alert, ended.LastTicks + EveryTicks));
        }
    }

    // Late rows made the condition fail in a window that had been told with it. A gap inside an alert does not cut it
    // in two.
    private void RemoveWindow(string key, long end)
    {
        Episode? episode = _active.GetValueOrDefault(key);
        bool isActive = episode?.Holds(end) == true;
        episode = isActive ? episode : _ended.Find(other => other.Key == key && other.Holds(end));
        if (episode is null)
        {
            return;
        }

        if (episode.LastTicks == end)
        {
            episode.LastTicks = end - EveryTicks;
            if (isActive)
            {
                Resolve(episode, end, isCorrection: true);
            }
            else
            {
                Revise(episode, _composer.ResolvedAt(episode.Alert, end));
            }
        }
        else if (episode.StartTicks == end)
        {
            episode.StartTicks = end + EveryTicks;
            Revise(episode, _composer.StartedAt(episode.Alert, episode.StartTicks));
        }
    }

    private void ChangeValues(string key, KeyedRow row, WindowResult result)
    {
        Episode? episode = _active.GetValueOrDefault(key);
        episode = episode?.Holds(result.EndTicks) == true
            ? episode
            : _ended.Find(other => other.Key == key && other.Holds(result.EndTicks));
        if (episode is not null && _composer.Shows(episode.Alert, result))
        {
            Revise(episode, _composer.WithValues(episode.Alert, row, result));
        }
    }

    private Episode Fire(string key, KeyedRow row, WindowResult result)
    {
        AlertView alert = _composer.Fired(key, row, result);
        var episode = new Episode { Key = key, StartTicks = result.EndTicks, LastTicks = result.EndTicks, Alert = alert };
        _pending.Add(new AlertChange(alert, Notifies: true));
        return episode;
    }

    private void Resolve(Episode episode, long atTicks, bool isCorrection)
    {
        if (_active.GetValueOrDefault(episode.Key) == episode)
        {
            _active.Remove(episode.Key);
        }

        _ended.Add(episode);
        episode.Alert = _composer.Resolved(episode.Alert, atTicks, isCorrection);
        _pending.Add(new AlertChange(episode.Alert, Notifies: true));
    }

    private void Revise(Episode episode, AlertView alert)
    {
        episode.Alert = alert with { Revision = episode.Alert.Revision + 1, Corrected = true };
        _pending.Add(new AlertChange(episode.Alert, Notifies: false));
    }

    private void Forget(long finalThroughTicks)
    {
        while (_told.Count > 0 && _told.First().Key <= finalThroughTicks)
        {
            _told.Remove(_told.First().Key);
        }

        // One window more: a late row may still lengthen an alert that ended right before.
        _ended.RemoveAll(episode => Math.Max(episode.LastTicks, episode.StartTicks) + EveryTicks <= finalThroughTicks);
    }
}
