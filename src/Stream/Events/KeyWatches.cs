namespace Bongsu.Stream.Events;

/// <summary>What is remembered of all keys, up to a point in event time. Copies share keys until one changes. One
/// owner.</summary>
internal sealed class KeyWatches
{
    private readonly Detector _detector;
    private object _owner = new();
    private KeyWatch?[] _watches = [];
    private int _count;

    /// <summary>Nothing yet, at the beginning of time.</summary>
    public KeyWatches(Detector detector)
    {
        _detector = detector;
    }

    /// <summary>Rows before this are in it.</summary>
    public long AtTicks { get; private set; }

    /// <summary>Keys of which something is remembered.</summary>
    public int Count => _count;

    /// <summary>Bytes of memory that no copy shares, about.</summary>
    public long SizeBytes
    {
        get
        {
            long size = 64 + (8L * _watches.Length);
            foreach (KeyWatch? watch in _watches)
            {
                size += watch?.Owner == _owner ? watch.SizeBytes : 0;
            }

            return size;
        }
    }

    private long StretchTicks { get; set; }

    /// <summary>Watches a key from a time on, though no row came.</summary>
    public void Begin(int key, long fromTicks) => Set(key, _detector.NewWatch(fromTicks));

    /// <summary>Takes in a row; rows come in order.</summary>
    public void Consume(in Event item)
    {
        KeyWatch? watch = item.Key < _watches.Length ? _watches[item.Key] : null;
        if (watch is null)
        {
            Set(item.Key, watch = _detector.NewWatch(item.Ticks));
        }

        watch = Own(item.Key);
        if (watch.TimerTicks < item.Ticks)
        {
            watch.Advance(item.Ticks, StretchTicks);
        }

        watch.Consume(item, StretchTicks);
    }

    /// <summary>Lets time pass: all rows before are consumed.</summary>
    public void AdvanceTo(long ticks)
    {
        AtTicks = ticks;
        for (int key = 0; key < _watches.Length; key++)
        {
            if (_watches[key] is { } watch && watch.TimerTicks < ticks)
            {
                Own(key).Advance(ticks, StretchTicks);
            }
        }
    }

    /// <summary>A window begins to be told here; what was before has been.</summary>
    public void BeginStretch()
    {
        StretchTicks = AtTicks;
        for (int key = 0; key < _watches.Length; key++)
        {
            if (_watches[key]?.IsOver(AtTicks) == true)
            {
                _watches[key] = null;
                _count--;
            }
        }
    }

    /// <summary>Keys that fire between the stretch's begin and here.</summary>
    public List<(int Key, KeyWatch Watch)> Firing()
    {
        var firing = new List<(int, KeyWatch)>();
        for (int key = 0; key < _watches.Length; key++)
        {
            if (_watches[key] is { } watch && watch.FiresIn(StretchTicks, AtTicks))
            {
                firing.Add((key, watch));
            }
        }

        return firing;
    }

    /// <summary>The first time, from here on, at which a key may fire though no row comes.</summary>
    public long NextFiring()
    {
        long next = long.MaxValue;
        foreach (KeyWatch? watch in _watches)
        {
            next = Math.Min(next, watch?.NextFiring(AtTicks) ?? long.MaxValue);
        }

        return next;
    }

    /// <summary>A copy that goes its own way.</summary>
    public KeyWatches Copy()
    {
        _owner = new object();
        return new KeyWatches(_detector)
        {
            _watches = (KeyWatch?[])_watches.Clone(),
            _count = _count,
            AtTicks = AtTicks,
            StretchTicks = StretchTicks,
        };
    }

    /// <summary>Notes the keys and terms in use.</summary>
    public void Hold(bool[] keys, bool[]? terms)
    {
        for (int key = 0; key < _watches.Length; key++)
        {
            if (_watches[key] is { } watch)
            {
                keys[key] = true;
                if (terms is not null)
                {
                    watch.HoldTerms(terms);
                }
            }
        }
    }

    /// <summary>Keys were numbered anew.</summary>
    public void RenumberKeys(int[] moved)
    {
        KeyWatch?[] before = _watches;
        _watches = [];
        _count = 0;
        for (int key = 0; key < before.Length; key++)
        {
            if (before[key] is { } watch)
            {
                Set(moved[key], watch);
            }
        }
    }

    /// <summary>Terms were numbered anew.</summary>
    public void RenumberTerms(int[] moved)
    {
        for (int key = 0; key < _watches.Length; key++)
        {
            if (_watches[key] is not null)
            {
                Own(key).RenumberTerms(moved);
            }
        }
    }

    /// <summary>Writes everything.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(AtTicks);
        writer.Write(StretchTicks);
        writer.Write7BitEncodedInt(_count);
        for (int key = 0; key < _watches.Length; key++)
        {
            if (_watches[key] is { } watch)
            {
                writer.Write7BitEncodedInt(key);
                watch.Write(writer);
            }
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="keyCount">Keys are below this.</param>
    public void Read(BinaryReader reader, int keyCount)
    {
        AtTicks = reader.ReadInt64();
        StretchTicks = reader.ReadInt64();
        for (int count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            int key = reader.Read7BitEncodedInt();
            if (key < 0 || key >= keyCount)
            {
                throw new InvalidDataException($"a watch of key {key}, expected below {keyCount}");
            }

            KeyWatch watch = _detector.ReadWatch(reader);
            watch.Owner = _owner;
            Set(key, watch);
        }
    }

    private KeyWatch Own(int key)
    {
        KeyWatch watch = _watches[key]!;
        if (watch.Owner != _owner)
        {
            watch = watch.Copy();
            watch.Owner = _owner;
            _watches[key] = watch;
        }

        return watch;
    }

    private void Set(int key, KeyWatch watch)
    {
        if (key >= _watches.Length)
        {
            Array.Resize(ref _watches, Math.Max(key + 1, 2 * _watches.Length));
        }

        watch.Owner ??= _owner;
        _count += _watches[key] is null ? 1 : 0;
        _watches[key] = watch;
    }
}
