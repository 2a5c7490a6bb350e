using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream.Events;

/// <summary>
/// Windows of a query whose rows are watched one by one: events are kept by slot as long as late rows may come between
/// them, and folded in order of time into what is remembered of each key. A late row makes time go back to the copy of
/// that memory before it, and the events after it are folded again. One owner.
/// </summary>
internal sealed class EventWindows : WindowState
{
    // Copies of the memory within the time late rows may come from: a late row folds again a quarter of it at most.
    private const int CopiesKept = 4;

    // So many keys and terms may be held by nobody; more only as long as they are fewer than those that are held.
    private const int SpareKeys = 512;

    private readonly Detector _detector;
    private readonly WindowSpec _windows;
    private readonly int _maxEvents;
    private readonly long _copyTicks;
    private readonly SortedList<long, EventSlot> _slots = [];
    private readonly KeyTable _keys;
    private readonly KeyTable _terms;
    private readonly List<KeyWatches> _copies = [];
    private KeyWatches? _watches;
    private long _beginTicks;
    private long _backTo = long.MaxValue;
    private bool _isSeeded;
    private bool _isFull;
    private int _keyCount;
    private int _compactAbove = SpareKeys;

    /// <summary>Windows without rows.</summary>
    /// <param name="detector">What is watched for.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="options">Budgets.</param>
    public EventWindows(Detector detector, WindowSpec windows, StreamOptions options)
    {
        _detector = detector;
        _windows = windows;
        _maxEvents = options.MaxEventsPerQuery;
        _copyTicks = Math.Max(windows.EveryTicks, options.MaxDelay.Ticks / CopiesKept);
        _keys = new KeyTable(detector.KeyColumns.Select(column => column.Type), options.MaxKeysPerQuery);
        _terms = new KeyTable(detector.TermTypes, options.MaxKeysPerQuery);
    }

    /// <inheritdoc/>
    public override bool IsMonotone => _detector.IsMonotone;

    /// <inheritdoc/>
    public override bool TellsOfNothing => false;

    /// <inheritdoc/>
    public override int KeyCount => _keyCount;

    /// <inheritdoc/>
    public override long ReachTicks => _detector.ReachTicks;

    /// <inheritdoc/>
    public override long SizeBytes =>
        _keys.SizeBytes + _terms.SizeBytes + _slots.Values.Sum(slot => slot.SizeBytes) +
        _copies.Sum(copy => copy.SizeBytes) + (_watches?.SizeBytes ?? 0);

    /// <inheritdoc/>
    public override long SeedTicks => _isSeeded ? 0 : _detector.SeedTicks;

    /// <inheritdoc/>
    public override void Begin(long ticks) => _beginTicks = ticks;

    /// <inheritdoc/>
    public override void Seed(IReadOnlyList<Batch> batches)
    {
        _isSeeded = true;
        var seed = new EventSlot();
        for (int part = 0; part < batches.Count; part++)
        {
            EventRows rows = _detector.ReadSeed(batches[part], part);
            int[] keys = _keys.Intern(rows.Keys, rows.RowCount);
            for (int row = 0; row < keys.Length; row++)
            {
                if (keys[row] >= 0)
                {
                    seed.Add(rows.Times[row], keys[row], mark: 0);
                }
            }
        }

        KeyWatches watches = Watches();
        foreach (ref readonly Event item in seed.Sorted())
        {
            watches.Consume(item);
        }

        _copies[0] = watches.Copy();
    }

    // A row may matter to all that was told since.
    /// <inheritdoc/>
    public override (long First, long Last) EndsOf(long slotTicks, long evaluatedEnd)
    {
        long first = _windows.FirstEndOf(slotTicks);
        return (first, Math.Max(first, evaluatedEnd));
    }

    /// <inheritdoc/>
    public override int Add(long slotTicks, Batch rows)
    {
        int shed = 0;
        if (!_slots.TryGetValue(slotTicks, out EventSlot? slot))
        {
            _slots.Add(slotTicks, slot = new EventSlot());
        }

        foreach (EventRows part in _detector.Read(rows))
        {
            shed += Add(slotTicks, slot, part);
        }

        if (slotTicks < (_watches?.AtTicks ?? 0))
        {
            _backTo = Math.Min(_backTo, slotTicks);
        }

        return shed;
    }

    /// <inheritdoc/>
    public override Batch Compute(long endTicks) => Compute(endTicks, isKept: true);

    /// <inheritdoc/>
    public override Batch ComputeEarly(long endTicks)
    {
        KeyWatches watches = Watches();
        if (watches.AtTicks > endTicks - _windows.EveryTicks)
        {
            return Batch.Empty(_detector.ResultSchema); // told already
        }

        _watches = watches.Copy();
        Batch result = Compute(endTicks, isKept: false);
        _watches = watches;
        return result;
    }

    /// <inheritdoc/>
    public override long NextSlot(long ticks)
    {
        long told = ticks + _windows.WindowTicks - _windows.EveryTicks;
        KeyWatches watches = Watches();
        if (watches.AtTicks < told)
        {
            FoldTo(told, isKept: true);
            watches.BeginStretch();
        }

        int index = IndexFrom(told);
        long slot = index < _slots.Count ? _slots.Keys[index] : long.MaxValue;
        long firing = watches.NextFiring();
        return Math.Max(ticks, Math.Min(slot, firing == long.MaxValue ? firing : _windows.SlotOf(firing)));
    }

    /// <inheritdoc/>
    public override void RemoveBefore(long slotTicks)
    {
        if (_watches is null)
        {
            return;
        }

        long from = slotTicks + _windows.WindowTicks + ReachTicks;
        if (from >= Watches().AtTicks && _copies[^1].AtTicks < _watches.AtTicks)
        {
            _copies.Add(_watches.Copy());
        }

        int last = _copies.FindLastIndex(copy => copy.AtTicks <= from);
        _copies.RemoveRange(0, Math.Max(0, last));
        for (int gone = IndexFrom(_copies[0].AtTicks); gone > 0; gone--)
        {
            _slots.RemoveAt(0);
            _isFull = false;
        }

        if (_keys.Count + _terms.Count > _compactAbove && !_isFull)
        {
            Compact();
            _isFull = false;
            _compactAbove = Math.Max(SpareKeys, 2 * (_keys.Count + _terms.Count));
        }
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        writer.Write(_beginTicks);
        writer.Write(_isSeeded);
        _keys.Write(writer);
        _terms.Write(writer);
        writer.Write7BitEncodedInt(_slots.Count);
        foreach ((long startTicks, EventSlot slot) in _slots)
        {
            writer.Write(startTicks);
            slot.Write(writer);
        }

        // The rest is folded from here.
        writer.Write(_copies.Count > 0);
        if (_copies.Count > 0)
        {
            _copies[0].Write(writer);
        }
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
        _beginTicks = reader.ReadInt64();
        _isSeeded = reader.ReadBoolean();
        _keys.Read(reader);
        _terms.Read(reader);
        for (int count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            var slot = new EventSlot();
            _slots[reader.ReadInt64()] = slot;
            slot.Read(reader, _keys.Count);
        }

        if (reader.ReadBoolean())
        {
            var watches = new KeyWatches(_detector);
            watches.Read(reader, _keys.Count);
            _copies.Add(watches);
            _watches = watches.Copy();
        }
    }

    // The memory, made where there is none, and taken back where late rows came.
    private KeyWatches Watches()
    {
        if (_watches is null)
        {
            _watches = new KeyWatches(_detector);
            if (_detector.WatchesSilence && _detector.KeyColumns.Count == 0)
            {
                _watches.Begin(_keys.Intern([], 1)[0], _beginTicks);
            }

            _copies.Add(_watches.Copy());
        }

        if (_backTo < _watches.AtTicks)
        {
            GoBackTo(_backTo);
        }

        _backTo = long.MaxValue;
        return _watches;
    }

    private void GoBackTo(long ticks)
    {
        while (_copies.Count > 1 && _copies[^1].AtTicks > ticks)
        {
            _copies.RemoveAt(_copies.Count - 1);
        }

        _watches = _copies[^1].Copy();
    }

    private Batch Compute(long endTicks, bool isKept)
    {
        long from = endTicks - _windows.EveryTicks;
        if (Watches().AtTicks > from)
        {
            GoBackTo(from);
        }

        FoldTo(from, isKept);
        _watches!.BeginStretch();
        FoldTo(endTicks, isKept);
        _keyCount = _detector.KeyColumns.Count == 0 ? 0 : _watches.Count;
        return Tell(from, endTicks);
    }

    private void FoldTo(long ticks, bool isKept)
    {
        KeyWatches watches = _watches!;
        int index = IndexFrom(watches.AtTicks);
        for (; index < _slots.Count && _slots.Keys[index] < ticks; index++)
        {
            long start = _slots.Keys[index];
            KeepCopy(start, isKept);
            foreach (ref readonly Event item in _slots.Values[index].Sorted())
            {
                watches.Consume(item);
            }
        }

        KeepCopy(ticks, isKept);
        if (watches.AtTicks < ticks)
        {
            watches.AdvanceTo(ticks);
        }
    }

    private void KeepCopy(long ticks, bool isKept)
    {
        if (isKept && ticks - _copies[^1].AtTicks >= _copyTicks)
        {
            _watches!.AdvanceTo(ticks);
            _copies.Add(_watches.Copy());
        }
    }

    private Batch Tell(long fromTicks, long toTicks)
    {
        List<(int Key, KeyWatch Watch)> firing = _watches!.Firing();
        if (firing.Count == 0)
        {
            return Batch.Empty(_detector.ResultSchema);
        }

        int[] keys = [.. firing.Select(key => key.Key)];
        VectorBuilder[] values = [.. _detector.ValueColumns.Select(column => VectorBuilder.Create(column.Type))];
        Vector[] terms = _detector.TermTypes.Count == 0 ? [] : _terms.Keys();
        foreach ((_, KeyWatch watch) in firing)
        {
            watch.Tell(values, terms, fromTicks, toTicks);
        }

        return new Batch(
            _detector.ResultSchema,
            [.. _keys.Keys().Select(column => column.Gather(keys)), .. values.Select(builder => builder.Build())],
            keys.Length);
    }

    private int Add(long slotTicks, EventSlot slot, EventRows rows)
    {
        int room = Room(slot, rows.RowCount);
        (int[] keys, int[]? marks) = Number(rows);
        if (!_isFull && (keys.Contains(-1) || marks?.Contains(-1) == true))
        {
            Compact();
            (keys, marks) = Number(rows);
        }

        int added = 0;
        for (int row = 0; row < keys.Length && added < room; row++)
        {
            int mark = marks?[row] ?? 0;
            if (keys[row] >= 0 && mark >= 0)
            {
                slot.Add(Math.Clamp(rows.Times[row], slotTicks, slotTicks + _windows.SlotTicks - 1), keys[row], mark);
                added++;
            }
        }

        return rows.RowCount - added;
    }

    // How many events more there may be.
    private int Room(EventSlot slot, int wanted)
    {
        if (_detector.KeptPerEnd > 0)
        {
            slot.Thin(_detector.KeptPerEnd, _detector.ThinningTicks);
        }

        int held = 0;
        foreach (EventSlot other in _slots.Values)
        {
            held += other.Count;
        }

        return Math.Clamp(_maxEvents - held, 0, wanted);
    }

    private (int[] Keys, int[]? Marks) Number(EventRows rows) =>
        (_keys.Intern(rows.Keys, rows.RowCount), rows.Terms is null ? rows.Marks : _terms.Intern(rows.Terms, rows.RowCount));

    // Keys and terms nobody holds make room; tried again only once slots went.
    private void Compact()
    {
        _isFull = true;
        bool[] keysHeld = new bool[_keys.Count];
        bool[]? termsHeld = _detector.TermTypes.Count == 0 ? null : new bool[_terms.Count];
        List<KeyWatches> all = _watches is null ? _copies : [.. _copies, _watches];
        foreach (EventSlot slot in _slots.Values)
        {
            slot.Hold(keysHeld, termsHeld);
        }

        all.ForEach(watches => watches.Hold(keysHeld, termsHeld));
        int[] keys = _keys.Compact(keysHeld);
        int[]? terms = termsHeld is null ? null : _terms.Compact(termsHeld);
        foreach (EventSlot slot in _slots.Values)
        {
            slot.Renumber(keys, terms);
        }

        foreach (KeyWatches watches in all)
        {
            watches.RenumberKeys(keys);
            if (terms is not null)
            {
                watches.RenumberTerms(terms);
            }
        }
    }

    private int IndexFrom(long ticks)
    {
        int low = 0;
        int high = _slots.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _slots.Keys[middle] < ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
