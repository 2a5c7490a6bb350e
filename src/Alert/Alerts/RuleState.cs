using System.Text;
using Bongsu.Alert.Rules;
using Bongsu.Core.Hashing;
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
    private readonly Rule _rule;
    private readonly LifeRule _life;
    private readonly AlertComposer _composer;
    private readonly IAlertSink _sink;
    private readonly Dictionary<string, KeyLife> _lives = new(StringComparer.Ordinal);
    private readonly SortedSet<long> _unknown = [];
    private readonly ChangeQueue _changes = new();
    private AlertView? _noData;
    private AlertView? _error;
    private bool _isFailing;
    private bool _hadData;
    private bool _hasData = true;
    private long _latestTicks = long.MinValue;
    private long _finalTicks = long.MinValue;
    private int _openCount;
    private int _firingCount;

    /// <summary>A rule that has told nothing.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="composer">Makes alerts of results.</param>
    /// <param name="sink">Who is handed changes.</param>
    public RuleState(Rule rule, AlertComposer composer, IAlertSink sink)
    {
        _rule = rule;
        _life = new LifeRule(rule.Windows, rule.For.Ticks, rule.KeepFiringFor.Ticks);
        _composer = composer;
        _sink = sink;
    }

    /// <summary>Keys (and silence) firing now; may be read from any thread.</summary>
    public int FiringCount => Volatile.Read(ref _firingCount);

    /// <summary>False while its table is silent; may be read from any thread.</summary>
    public bool HasData => Volatile.Read(ref _hasData);

    /// <inheritdoc/>
    public override bool IsQuiet => _openCount == 0 && (_rule.NoData != NoDataPolicy.Alert || !_hadData);

    /// <inheritdoc/>
    public override bool HasPending => _changes.HasAny;

    /// <inheritdoc/>
    public override bool Consume(WindowResult result)
    {
        Dictionary<string, KeyedRow> rows = _composer.RowsByKey(result.Rows);
        bool isChanged;
        if (result.IsEarly)
        {
            isChanged = Foresee(result, rows);
        }
        else
        {
            isChanged = result.IsCorrection ? Correct(result, rows) : Tell(result, rows);
            Forget(result.IsCorrection ? Math.Min(result.FinalThroughTicks, result.EndTicks) : result.FinalThroughTicks);
        }

        Count();
        _changes.Close();
        return isChanged;
    }

    /// <inheritdoc/>
    public override bool IsFailing => _isFailing;

    /// <inheritdoc/>
    public override void ConsumeError(string? message, long atTicks)
    {
        _isFailing = message is not null;
        if (_isFailing && atTicks > _latestTicks)
        {
            _unknown.Add(atTicks);
        }

        if (_isFailing && _error is null && _rule.OnError == ErrorPolicy.Alert)
        {
            _error = _composer.Failing(message!, atTicks);
            _changes.Add(_error, notifies: true);
        }
        else if (!_isFailing && _error is not null)
        {
            _changes.Add(_composer.Resolved(_error, atTicks, isCorrection: false), notifies: true);
            _error = null;
        }

        Count();
        _changes.Close();
    }

    /// <inheritdoc/>
    public override Task DeliverAsync(CancellationToken cancellationToken) => _changes.DeliverAsync(_sink, cancellationToken);

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(RuleStateFormat.Version);
        writer.Write(_latestTicks);
        writer.Write(_finalTicks);
        writer.Write(_hadData);
        writer.Write(_hasData);
        writer.Write(_isFailing);
        RuleStateFormat.WriteAlert(writer, _noData);
        RuleStateFormat.WriteAlert(writer, _error);
        RuleStateFormat.WriteAll(writer, _unknown, static (writer, end) => writer.Write(end));
        RuleStateFormat.WriteAll(writer, _lives.Values, RuleStateFormat.WriteLife);
        _changes.Write(writer);
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
        RuleStateFormat.RequireVersion(reader, _rule.Name);
        _latestTicks = reader.ReadInt64();
        _finalTicks = reader.ReadInt64();
        _hadData = reader.ReadBoolean();
        _hasData = reader.ReadBoolean();
        _isFailing = reader.ReadBoolean();
        _noData = RuleStateFormat.ReadAlert(reader);
        _error = RuleStateFormat.ReadAlert(reader);
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _unknown.Add(reader.ReadInt64());
        }

        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            KeyLife life = RuleStateFormat.ReadLife(reader);
            _lives[life.Key] = life;
            if (life.Pending is not null)
            {
                _sink.Refresh(life.Pending);
            }
        }

        _changes.Read(reader);
        Count();
    }

    private bool Tell(WindowResult result, Dictionary<string, KeyedRow> rows)
    {
        long end = result.EndTicks;
        _latestTicks = end;
        NoteData(result);
        bool isFrozen = !_hasData && _rule.NoData == NoDataPolicy.Keep;
        bool isKnown = !isFrozen && !_isFailing;
        if (isFrozen)
        {
            rows.Clear();
        }

        if (!isKnown)
        {
            _unknown.Add(end);
        }
        else
        {
            TellAbsent(result, rows);
        }

        foreach ((string key, KeyedRow row) in rows)
        {
            KeyLife life = LifeOf(key);
            bool isAhead = life.IsAheadOf(end);
            life.Hold(end, HashOf(row));
            Reconcile(life, row, result, isStep: !isAhead);
        }

        return _changes.IsOpen;
    }

    private void TellAbsent(WindowResult result, Dictionary<string, KeyedRow> rows)
    {
        foreach (KeyLife life in _lives.Values)
        {
            if (!life.Now.IsNone && !rows.ContainsKey(life.Key))
            {
                life.Release(result.EndTicks); // an early result may have said that it holds
                bool isStep = !life.IsAheadOf(result.EndTicks) && life.Now.LastTicks < result.EndTicks;
                Reconcile(life, null, result, isStep);
            }
        }
    }

    // A window that is still open: what holds in it will hold.
    private bool Foresee(WindowResult result, Dictionary<string, KeyedRow> rows)
    {
        long end = result.EndTicks;
        if (end <= _latestTicks)
        {
            return false;
        }

        bool isNext = _latestTicks != long.MinValue && end == _latestTicks + _rule.Windows.EveryTicks;
        foreach ((string key, KeyedRow row) in rows)
        {
            // What lies between is not known: it may be where a run ends.
            KeyLife life = LifeOf(key);
            if (isNext || (life.Now.IsNone && _life.ForTicks == 0))
            {
                life.Hold(end, HashOf(row));
                Reconcile(life, row, result, isStep: false);
            }
        }

        return _changes.IsOpen;
    }

    private bool Correct(WindowResult result, Dictionary<string, KeyedRow> rows)
    {
        long end = result.EndTicks;
        bool isFrozen = !result.HasData && _hadData && _rule.NoData == NoDataPolicy.Keep;
        if (end <= _finalTicks || isFrozen)
        {
            return false;
        }

        _latestTicks = Math.Max(_latestTicks, result.ToldThroughTicks);
        bool isChanged = _unknown.Remove(end);
        foreach ((string key, KeyedRow row) in rows)
        {
            KeyLife life = LifeOf(key);
            ulong values = HashOf(row);
            ulong? before = life.ValuesAt(end);
            if (before != values)
            {
                life.Hold(end, values);
                Reconcile(life, row, result, isStep: false);
                isChanged = true;
            }
        }

        foreach (KeyLife life in _lives.Values)
        {
            if (!rows.ContainsKey(life.Key) && life.ValuesAt(end) is not null)
            {
                life.Release(end);
                Reconcile(life, null, result, isStep: false);
                isChanged = true;
            }
        }

        return isChanged;
    }

    private void Reconcile(KeyLife life, KeyedRow? row, WindowResult result, bool isStep)
    {
        var teller = new EpisodeTeller(life, row, result, _composer, _changes, _finalTicks);
        if (isStep)
        {
            life.Step(result.EndTicks, row is not null, _life);
            teller.TellStep();
        }
        else
        {
            teller.TellAll(life.Recompute(_life, _unknown, _finalTicks, _latestTicks));
        }

        teller.ShowPending(_sink);
        if (life.Active is { } active && row is not null)
        {
            _sink.Refresh(active.Alert);
        }
    }

    private void NoteData(WindowResult result)
    {
        _hadData |= result.HasData;
        Volatile.Write(ref _hasData, result.HasData || !_hadData);
        if (_hasData && _noData is not null)
        {
            _changes.Add(_composer.Resolved(_noData, result.EndTicks, isCorrection: false), notifies: true);
            _noData = null;
        }
        else if (!_hasData && _noData is null && _rule.NoData == NoDataPolicy.Alert)
        {
            _noData = _composer.NoData(result);
            _changes.Add(_noData, notifies: true);
        }
    }

    private KeyLife LifeOf(string key)
    {
        if (!_lives.TryGetValue(key, out KeyLife? life))
        {
            _lives.Add(key, life = new KeyLife(key));
        }

        return life;
    }

    private void Forget(long finalThroughTicks)
    {
        long final = Math.Min(finalThroughTicks, _latestTicks);
        if (final <= _finalTicks)
        {
            return;
        }

        foreach (KeyLife life in _lives.Values.ToArray())
        {
            life.Fold(_life, _unknown, _finalTicks, final);
            if (life.IsOver)
            {
                _lives.Remove(life.Key);
            }
        }

        _unknown.RemoveWhere(end => end <= final);
        _finalTicks = final;
    }

    private void Count()
    {
        int open = 0;
        int firing = (_noData is null ? 0 : 1) + (_error is null ? 0 : 1);
        foreach (KeyLife life in _lives.Values)
        {
            open += life.Now.IsNone ? 0 : 1;
            firing += life.Now.IsFiring ? 1 : 0;
        }

        _openCount = open;
        Volatile.Write(ref _firingCount, firing);
    }

    private static ulong HashOf(KeyedRow row) => ByteHash.Compute(Encoding.UTF8.GetBytes(row.ValuesText), seed: 0);
}
