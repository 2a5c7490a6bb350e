namespace Bongsu.Store.Keys;

/// <summary>The keys stored lately, and those on their way to the log. Thread-safe.</summary>
/// <remarks>
/// Keys are kept in generations of a third of the time to remember, so that forgetting is dropping the oldest. A second
/// writer
/// of a key waits for the first one's outcome.
/// </remarks>
internal sealed class KeyMemory
{
    // A generation holds at most this share of all keys, so that forgetting early does not forget everything.
    private const int MaxKeysShare = 4;

    private readonly Lock _gate = new();
    private readonly List<Generation> _generations = [];
    private readonly Dictionary<UInt128, Task> _pending = [];
    private readonly long _memoryTicks;
    private readonly int _maxKeys;
    private readonly Action<StoreNotice>? _notice;
    private int _count;

    public KeyMemory(TimeSpan memory, int maxKeys, Action<StoreNotice>? notice)
    {
        _memoryTicks = memory.Ticks;
        _maxKeys = maxKeys;
        _notice = notice;
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Reserves the keys of a batch that are new.</summary>
    /// <param name="batchKey">Key of the batch; 0 = none.</param>
    /// <param name="rowKeys">Keys of the rows; 0 = none. Empty = no row has one.</param>
    /// <param name="owner">Completes when the batch is stored or given up.</param>
    public KeyReservation Reserve(UInt128 batchKey, ReadOnlySpan<UInt128> rowKeys, Task owner)
    {
        lock (_gate)
        {
            if (batchKey != default)
            {
                if (_pending.TryGetValue(batchKey, out Task? first))
                {
                    return new KeyReservation(first, null, null);
                }

                if (Find(batchKey) is { } sequence)
                {
                    return new KeyReservation(null, sequence, null);
                }
            }

            foreach (UInt128 key in rowKeys)
            {
                if (key != default && _pending.TryGetValue(key, out Task? first))
                {
                    return new KeyReservation(first, null, null);
                }
            }

            if (batchKey != default)
            {
                _pending.Add(batchKey, owner);
            }

            return new KeyReservation(null, null, ReserveRows(rowKeys, owner));
        }
    }

    /// <summary>Remembers keys that were reserved and are stored now.</summary>
    public void Commit(ReadOnlySpan<RememberedKey> keys)
    {
        lock (_gate)
        {
            foreach (RememberedKey key in keys)
            {
                _pending.Remove(key.Hash);
                Remember(key);
            }
        }
    }

    /// <summary>Gives reserved keys up: their batch was not stored.</summary>
    public void Release(ReadOnlySpan<UInt128> keys)
    {
        lock (_gate)
        {
            foreach (UInt128 key in keys)
            {
                _pending.Remove(key);
            }
        }
    }

    /// <summary>Remembers keys read back at start.</summary>
    public void Restore(ReadOnlySpan<RememberedKey> keys) => Commit(keys);

    /// <summary>Forgets what is old enough.</summary>
    public void Forget(long nowTicks)
    {
        lock (_gate)
        {
            while (_generations.Count > 0 && _generations[0].LastTicks < nowTicks - _memoryTicks)
            {
                _count -= _generations[0].SequenceByKey.Count;
                _generations.RemoveAt(0);
            }
        }
    }

    /// <summary>All keys remembered, oldest generation first; the time is that of the generation's newest.</summary>
    public IReadOnlyList<RememberedKey> Snapshot()
    {
        lock (_gate)
        {
            return
            [
                .. _generations.SelectMany(generation =>
                    generation.SequenceByKey.Select(entry => new RememberedKey(entry.Key, entry.Value, generation.LastTicks))),
            ];
        }
    }

    // A row key that is there twice in one batch counts once.
    private List<int>? ReserveRows(ReadOnlySpan<UInt128> rowKeys, Task owner)
    {
        List<int>? duplicates = null;
        for (int row = 0; row < rowKeys.Length; row++)
        {
            if (rowKeys[row] != default && (Find(rowKeys[row]) is not null || !_pending.TryAdd(rowKeys[row], owner)))
            {
                (duplicates ??= []).Add(row);
            }
        }

        return duplicates;
    }

    private long? Find(UInt128 key)
    {
        for (int generation = _generations.Count - 1; generation >= 0; generation--)
        {
            if (_generations[generation].SequenceByKey.TryGetValue(key, out long sequence))
            {
                return sequence;
            }
        }

        return null;
    }

    private void Remember(RememberedKey key)
    {
        long generationTicks = Math.Max(1, _memoryTicks / 3);
        if (_generations.Count == 0 || key.Ticks >= _generations[^1].FirstTicks + generationTicks ||
            _generations[^1].SequenceByKey.Count >= _maxKeys / MaxKeysShare)
        {
            _generations.Add(new Generation(key.Ticks));
        }

        Generation newest = _generations[^1];
        newest.LastTicks = Math.Max(newest.LastTicks, key.Ticks);
        _count += newest.SequenceByKey.TryAdd(key.Hash, key.Sequence) ? 1 : 0;
        while (_count > _maxKeys && _generations.Count > 1)
        {
            _notice?.Invoke(new StoreNotice(
                StoreNoticeLevel.Warning,
                $"more than {_maxKeys} idempotency keys: {_generations[0].SequenceByKey.Count} of the oldest are forgotten early"));
            _count -= _generations[0].SequenceByKey.Count;
            _generations.RemoveAt(0);
        }
    }

    private sealed class Generation(long firstTicks)
    {
        public readonly Dictionary<UInt128, long> SequenceByKey = [];

        public long FirstTicks { get; } = firstTicks;

        public long LastTicks { get; set; } = firstTicks;
    }
}
