using Bongsu.Stream.Plans;

namespace Bongsu.Stream.Windows;

/// <summary>The slots of one query, by start. One owner.</summary>
internal sealed class SlotStore
{
    private readonly StreamPlan _plan;
    private readonly WindowSpec _windows;
    private readonly SortedList<long, Slot> _slots = [];

    public SlotStore(StreamPlan plan, WindowSpec windows)
    {
        _plan = plan;
        _windows = windows;
    }

    /// <summary>Start of the first slot at or after a time; <see cref="long.MaxValue"/> where there is none.</summary>
    public long FirstFrom(long ticks)
    {
        int index = IndexFrom(ticks);
        return index < _slots.Count ? _slots.Keys[index] : long.MaxValue;
    }

    /// <summary>Bytes of memory, about.</summary>
    public long SizeBytes => _slots.Values.Sum(slot => slot.SizeBytes);

    /// <summary>The slot that starts at a time, made where it is missing.</summary>
    public Slot GetOrAdd(long startTicks)
    {
        if (!_slots.TryGetValue(startTicks, out Slot? slot))
        {
            slot = new Slot(_plan);
            _slots.Add(startTicks, slot);
        }

        return slot;
    }

    /// <summary>All slots of a window as one; null where it has none. Not to be changed.</summary>
    public Slot? Window(long endTicks)
    {
        int index = IndexFrom(endTicks - _windows.WindowTicks);
        Slot? window = null;
        bool isOwn = false;
        for (; index < _slots.Count && _slots.Keys[index] < endTicks; index++)
        {
            if (window is null)
            {
                window = _slots.Values[index];
                continue;
            }

            if (!isOwn)
            {
                var merged = new Slot(_plan);
                merged.Merge(window);
                window = merged;
                isOwn = true;
            }

            window.Merge(_slots.Values[index]);
        }

        return window;
    }

    /// <summary>Lets go of slots that start before a time.</summary>
    public void RemoveBefore(long startTicks)
    {
        int count = IndexFrom(startTicks);
        for (; count > 0; count--)
        {
            _slots.RemoveAt(0);
        }
    }

    /// <summary>Writes all slots.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_slots.Count);
        foreach ((long startTicks, Slot slot) in _slots)
        {
            writer.Write(startTicks);
            slot.Write(writer);
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote, into an empty store of the same plan.</summary>
    public void Read(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        for (int slot = 0; slot < count; slot++)
        {
            GetOrAdd(reader.ReadInt64()).Read(reader);
        }
    }

    private int IndexFrom(long ticks)
    {
        int low = 0;
        int high = _slots.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_slots.Keys[middle] < ticks)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
