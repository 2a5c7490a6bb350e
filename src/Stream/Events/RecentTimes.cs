namespace Bongsu.Stream.Events;

/// <summary>The latest of a key's event times, at most so many. One owner.</summary>
internal sealed class RecentTimes
{
    private readonly int _capacity;
    private long[] _ticks;
    private int _first;

    /// <summary>No times.</summary>
    /// <param name="capacity">Most times held, at least 1.</param>
    public RecentTimes(int capacity)
        : this(capacity, [])
    {
    }

    private RecentTimes(int capacity, long[] ticks)
    {
        _capacity = capacity;
        _ticks = ticks;
    }

    /// <summary>Times held.</summary>
    public int Count { get; private set; }

    /// <summary>True where as many are held as may be.</summary>
    public bool IsFull => Count == _capacity;

    /// <summary>The earliest held.</summary>
    public long Earliest => _ticks[_first];

    /// <summary>The latest held.</summary>
    public long Latest => _ticks[At(Count - 1)];

    /// <summary>Bytes of memory, about.</summary>
    public long SizeBytes => 56 + (8L * _ticks.Length);

    /// <summary>Adds a time no earlier than those held; the earliest goes where there is no room.</summary>
    public void Add(long ticks)
    {
        if (Count == _capacity)
        {
            _ticks[_first] = ticks;
            _first = At(1);
            return;
        }

        if (Count == _ticks.Length)
        {
            Grow();
        }

        _ticks[At(Count)] = ticks;
        Count++;
    }

    /// <summary>Lets go of times before one.</summary>
    public void RemoveBefore(long ticks)
    {
        while (Count > 0 && Earliest < ticks)
        {
            _first = At(1);
            Count--;
        }
    }

    /// <summary>Times later than one.</summary>
    public int CountAfter(long ticks)
    {
        int count = 0;
        while (count < Count && _ticks[At(Count - 1 - count)] > ticks)
        {
            count++;
        }

        return count;
    }

    /// <summary>An independent copy.</summary>
    public RecentTimes Copy() => new(_capacity, (long[])_ticks.Clone()) { Count = Count, _first = _first };

    /// <summary>Writes all times.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(Count);
        long before = 0;
        for (int index = 0; index < Count; index++)
        {
            long ticks = _ticks[At(index)];
            writer.Write7BitEncodedInt64(ticks - before);
            before = ticks;
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote.</summary>
    public static RecentTimes Read(BinaryReader reader, int capacity)
    {
        var times = new RecentTimes(capacity);
        long ticks = 0;
        int count = reader.Read7BitEncodedInt();
        if (count < 0 || count > capacity)
        {
            throw new InvalidDataException($"{count} times of a key, expected at most {capacity}");
        }

        for (int index = 0; index < count; index++)
        {
            times.Add(ticks += reader.Read7BitEncodedInt64());
        }

        return times;
    }

    private int At(int index)
    {
        int at = _first + index;
        return at < _ticks.Length ? at : at - _ticks.Length;
    }

    private void Grow()
    {
        var grown = new long[(int)Math.Min(_capacity, Math.Max(4L, 2L * _ticks.Length))];
        for (int index = 0; index < Count; index++)
        {
            grown[index] = _ticks[At(index)];
        }

        _ticks = grown;
        _first = 0;
    }
}
