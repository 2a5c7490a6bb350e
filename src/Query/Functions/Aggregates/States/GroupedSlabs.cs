using System.Buffers;
using System.Runtime.CompilerServices;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>A growing list for each group, in pieces: what is in it is never copied again, but for small first pieces.
/// One owner.</summary>
/// <remarks>Lists that were added to alike have pieces of the same lengths. Whole pieces come from the shared pool and
/// go back to it by <see cref="Release"/>.</remarks>
internal sealed class GroupedSlabs<T>
    where T : unmanaged
{
    private const int SlabLength = 1 << 16;
    private const int FirstLength = 16;

    private T[][] _last = [];
    private int[] _lastCounts = [];
    private List<T[]>?[] _full = [];

    /// <summary>Bytes of memory.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Number of items of all groups.</summary>
    public long TotalCount { get; private set; }

    public void EnsureGroups(int groupCount)
    {
        int known = _last.Length;
        GroupArray.Ensure(ref _last, groupCount);
        _last.AsSpan(known).Fill([]);
        GroupArray.Ensure(ref _lastCounts, groupCount);
        GroupArray.Ensure(ref _full, groupCount);
        SizeBytes += 20L * (_last.Length - known);
    }

    /// <summary>Number of items of a group.</summary>
    public int Count(int group) =>
        group < _last.Length ? checked(((_full[group]?.Count ?? 0) * SlabLength) + _lastCounts[group]) : 0;

    /// <summary>Adds an item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int group, T item) => Room(group)[0] = item;

    /// <summary>Adds many items.</summary>
    public void AddRange(int group, ReadOnlySpan<T> items)
    {
        while (!items.IsEmpty)
        {
            Span<T> room = Room(group, items.Length);
            items[..room.Length].CopyTo(room);
            items = items[room.Length..];
        }
    }

    /// <summary>Counts some more items in, at most <paramref name="wanted"/> and at least one, and gives the room for
    /// them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Room(int group, int wanted = 1)
    {
        T[] last = _last[group];
        int count = _lastCounts[group];
        if (count == last.Length)
        {
            last = Grow(group);
            count = _lastCounts[group];
        }

        int given = Math.Min(wanted, last.Length - count);
        _lastCounts[group] = count + given;
        TotalCount += given;
        return last.AsSpan(count, given);
    }

    /// <summary>Takes the whole pieces of a group out of another list.</summary>
    public void TakeFull(GroupedSlabs<T> other, int otherGroup, int group)
    {
        if (otherGroup >= other._full.Length || other._full[otherGroup] is not { } taken)
        {
            return;
        }

        other._full[otherGroup] = null;
        (_full[group] ??= []).AddRange(taken);
        long items = (long)taken.Count * SlabLength;
        long bytes = items * Unsafe.SizeOf<T>();
        TotalCount += items;
        SizeBytes += bytes;
        other.TotalCount -= items;
        other.SizeBytes -= bytes;
    }

    /// <summary>The pieces of a group, in order.</summary>
    public List<ArraySegment<T>> Segments(int group)
    {
        var segments = new List<ArraySegment<T>>();
        if (group >= _last.Length)
        {
            return segments;
        }

        foreach (T[] slab in _full[group] ?? [])
        {
            segments.Add(new ArraySegment<T>(slab, 0, SlabLength));
        }

        if (_lastCounts[group] > 0)
        {
            segments.Add(new ArraySegment<T>(_last[group], 0, _lastCounts[group]));
        }

        return segments;
    }

    /// <summary>Gives the memory back; the lists are empty then.</summary>
    public void Release()
    {
        for (int group = 0; group < _last.Length; group++)
        {
            foreach (T[] slab in _full[group] ?? [])
            {
                ArrayPool<T>.Shared.Return(slab);
            }

            if (_last[group].Length == SlabLength)
            {
                ArrayPool<T>.Shared.Return(_last[group]);
            }
        }

        _last = [];
        _lastCounts = [];
        _full = [];
        SizeBytes = 0;
        TotalCount = 0;
    }

    public void Write(BinaryWriter writer, int groupCount)
    {
        for (int group = 0; group < groupCount; group++)
        {
            writer.Write(Count(group));
            foreach (ArraySegment<T> slab in Segments(group))
            {
                VectorCodec.WriteSpan<T>(writer, slab);
            }
        }
    }

    public void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        T[] items = new T[1024];
        for (int group = 0; group < groupCount; group++)
        {
            for (int left = reader.ReadInt32(); left > 0; left -= items.Length)
            {
                Span<T> some = items.AsSpan(0, Math.Min(left, items.Length));
                VectorCodec.ReadSpan(reader, some);
                AddRange(group, some);
            }
        }
    }

    private T[] Grow(int group)
    {
        T[] last = _last[group];
        int size = Unsafe.SizeOf<T>();
        if (last.Length == SlabLength)
        {
            (_full[group] ??= []).Add(last);
            _lastCounts[group] = 0;
            SizeBytes += (long)size * SlabLength;
            return _last[group] = ArrayPool<T>.Shared.Rent(SlabLength);
        }

        int length = Math.Min(SlabLength, Math.Max(FirstLength, last.Length * 4));
        T[] grown = length == SlabLength ? ArrayPool<T>.Shared.Rent(SlabLength) : new T[length];
        last.CopyTo(grown, 0);
        SizeBytes += (long)size * (length - last.Length);
        return _last[group] = grown;
    }
}
