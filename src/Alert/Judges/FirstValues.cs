namespace Bongsu.Alert.Judges;

/// <summary>Values that windows had when they were judged, where late rows have changed them since: the store only knows what
/// came of them. One owner.</summary>
internal sealed class FirstValues
{
    // Past this those of the oldest windows are forgotten.
    private const int MaxValues = 100_000;

    private readonly SortedDictionary<long, Dictionary<int, double>> _byEnd = [];
    private int _count;

    /// <summary>Notes the first value of a series in a window; one that is noted stays.</summary>
    public void Note(long endTicks, int key, double value)
    {
        if (!_byEnd.TryGetValue(endTicks, out Dictionary<int, double>? values))
        {
            _byEnd.Add(endTicks, values = []);
        }

        _count += values.TryAdd(key, value) ? 1 : 0;
        while (_count > MaxValues && _byEnd.Count > 1)
        {
            Remove(_byEnd.First().Key);
        }
    }

    /// <summary>Puts the first values of a window in the place of those that came of them.</summary>
    /// <param name="endTicks">The window.</param>
    /// <param name="values">By series.</param>
    /// <param name="numbers">The series by the numbers noted; -1 where it is none.</param>
    public void Restore(long endTicks, double[] values, int[] numbers)
    {
        foreach ((int key, double value) in _byEnd.GetValueOrDefault(endTicks) ?? [])
        {
            if (key < numbers.Length && numbers[key] >= 0 && numbers[key] < values.Length)
            {
                values[numbers[key]] = value;
            }
        }
    }

    /// <summary>Forgets windows that end at or before a time.</summary>
    public void ForgetThrough(long ticks)
    {
        foreach (long end in _byEnd.Keys.TakeWhile(end => end <= ticks).ToArray())
        {
            Remove(end);
        }
    }

    /// <summary>A copy.</summary>
    public FirstValues Copy()
    {
        var copy = new FirstValues();
        foreach ((long end, Dictionary<int, double> values) in _byEnd)
        {
            foreach ((int key, double value) in values)
            {
                copy.Note(end, key, value);
            }
        }

        return copy;
    }

    /// <summary>Writes them.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_byEnd.Count);
        foreach ((long end, Dictionary<int, double> values) in _byEnd)
        {
            writer.Write(end);
            writer.Write(values.Count);
            foreach ((int key, double value) in values)
            {
                writer.Write(key);
                writer.Write(value);
            }
        }
    }

    /// <summary>Adds what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        for (int windows = reader.ReadInt32(); windows > 0; windows--)
        {
            long end = reader.ReadInt64();
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                Note(end, reader.ReadInt32(), reader.ReadDouble());
            }
        }
    }

    private void Remove(long endTicks)
    {
        if (_byEnd.Remove(endTicks, out Dictionary<int, double>? values))
        {
            _count -= values.Count;
        }
    }
}
