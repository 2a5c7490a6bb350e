using System.Runtime.CompilerServices;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// A growing list in pieces: what is in it is never copied again, but for a small first piece. One owner.
/// </summary>
/// <remarks>Lists that were added to alike have pieces of the same lengths.</remarks>
internal sealed class Slabs<T>
    where T : unmanaged
{
    private const int SlabLength = 1 << 15;

    private readonly List<T[]> _full = [];
    private T[] _last = [];
    private int _lastCount;

    /// <summary>Number of items.</summary>
    public int Count => checked((_full.Count * SlabLength) + _lastCount);

    /// <summary>Bytes of memory.</summary>
    public long SizeBytes => Unsafe.SizeOf<T>() * (((long)_full.Count * SlabLength) + _last.Length);

    /// <summary>Adds an item.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        if (_lastCount == _last.Length)
        {
            Grow();
        }

        _last[_lastCount++] = item;
    }

    /// <summary>Adds all of another list.</summary>
    public void AddAll(Slabs<T> other)
    {
        foreach (ArraySegment<T> slab in other.Segments())
        {
            foreach (T item in slab.AsSpan())
            {
                Add(item);
            }
        }
    }

    /// <summary>The pieces, in order.</summary>
    public IEnumerable<ArraySegment<T>> Segments()
    {
        foreach (T[] slab in _full)
        {
            yield return slab;
        }

        if (_lastCount > 0)
        {
            yield return new ArraySegment<T>(_last, 0, _lastCount);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (ArraySegment<T> slab in Segments())
        {
            VectorCodec.WriteSpan<T>(writer, slab);
        }
    }

    public void Read(BinaryReader reader)
    {
        for (int left = reader.ReadInt32(); left > 0;)
        {
            T[] items = new T[Math.Min(left, SlabLength)];
            VectorCodec.ReadSpan(reader, items.AsSpan());
            foreach (T item in items)
            {
                Add(item);
            }

            left -= items.Length;
        }
    }

    private void Grow()
    {
        if (_last.Length == SlabLength)
        {
            _full.Add(_last);
            _last = GC.AllocateUninitializedArray<T>(SlabLength);
            _lastCount = 0;
            return;
        }

        // Whole slabs once there is one: growing ones are for groups of few values only.
        Array.Resize(ref _last, Math.Min(SlabLength, Math.Max(64, _last.Length * 4)));
    }
}
