namespace Bongsu.Stream.Events;

/// <summary>The events of one stretch of event time, in order. One owner.</summary>
internal sealed class EventSlot
{
    private const int FirstThinning = 4096;

    private Event[] _events = [];
    private int _count;
    private int _nextOrder;
    private int _thinAt = FirstThinning;
    private bool _isSorted = true;

    /// <summary>Events held.</summary>
    public int Count => _count;

    /// <summary>Bytes of memory, about.</summary>
    public long SizeBytes => 64 + ((long)_events.Length * Event.SizeBytes);

    /// <summary>Adds an event that came after all before.</summary>
    public void Add(long ticks, int key, int mark, int weight = 1)
    {
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, Math.Max(4, _count * 2));
        }

        _isSorted &= _count == 0 || _events[_count - 1].Ticks <= ticks;
        _events[_count++] = new Event(ticks, _nextOrder++, key, mark, weight);
    }

    /// <summary>The events by time, those of one time as they came.</summary>
    public ReadOnlySpan<Event> Sorted()
    {
        if (!_isSorted)
        {
            _events.AsSpan(0, _count).Sort();
            _isSorted = true;
        }

        return _events.AsSpan(0, _count);
    }

    /// <summary>
    /// Lets go of events in the middle of many of one key, once there are many more than at the last time.
    /// </summary>
    /// <param name="keptPerEnd">First and last events of a key that are kept in each stretch.</param>
    /// <param name="stretchTicks">Length of a stretch.</param>
    public void Thin(int keptPerEnd, long stretchTicks)
    {
        if (_count < _thinAt)
        {
            return;
        }

        var byKey = new Dictionary<(int Key, long Stretch), List<int>>();
        ReadOnlySpan<Event> events = Sorted();
        for (int index = 0; index < events.Length; index++)
        {
            (int, long) place = (events[index].Key, events[index].Ticks / stretchTicks);
            if (!byKey.TryGetValue(place, out List<int>? indexes))
            {
                byKey.Add(place, indexes = []);
            }

            indexes.Add(index);
        }

        foreach (List<int> indexes in byKey.Values.Where(indexes => indexes.Count > 2 * keptPerEnd))
        {
            int gone = 0;
            for (int middle = keptPerEnd; middle < indexes.Count - keptPerEnd; middle++)
            {
                ref Event thinned = ref _events[indexes[middle]];
                gone += thinned.Weight;
                thinned = thinned with { Weight = 0 };
            }

            ref Event next = ref _events[indexes[^keptPerEnd]];
            next = next with { Weight = next.Weight + gone };
        }

        int kept = 0;
        for (int index = 0; index < _count; index++)
        {
            if (_events[index].Weight > 0)
            {
                _events[kept++] = _events[index];
            }
        }

        _count = kept;
        _thinAt = Math.Max(FirstThinning, 2 * kept);
    }

    /// <summary>Notes the keys and marks in use.</summary>
    public void Hold(bool[] keys, bool[]? terms)
    {
        foreach (ref readonly Event item in _events.AsSpan(0, _count))
        {
            keys[item.Key] = true;
            if (terms is not null)
            {
                terms[item.Mark] = true;
            }
        }
    }

    /// <summary>Keys and marks were numbered anew.</summary>
    public void Renumber(int[] keys, int[]? terms)
    {
        foreach (ref Event item in _events.AsSpan(0, _count))
        {
            item = item with { Key = keys[item.Key], Mark = terms is null ? item.Mark : terms[item.Mark] };
        }
    }

    /// <summary>Writes all events.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_count);
        long before = 0;
        foreach (ref readonly Event item in Sorted())
        {
            writer.Write7BitEncodedInt64(item.Ticks - before);
            writer.Write7BitEncodedInt(item.Key);
            writer.Write7BitEncodedInt(item.Mark);
            writer.Write7BitEncodedInt(item.Weight);
            before = item.Ticks;
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote, into an empty slot.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="keyCount">Keys are below this.</param>
    public void Read(BinaryReader reader, int keyCount)
    {
        long ticks = 0;
        for (int count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            ticks += reader.Read7BitEncodedInt64();
            int key = reader.Read7BitEncodedInt();
            Add(ticks, key, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            if (key < 0 || key >= keyCount)
            {
                throw new InvalidDataException($"an event of key {key}, expected below {keyCount}");
            }
        }
    }
}
