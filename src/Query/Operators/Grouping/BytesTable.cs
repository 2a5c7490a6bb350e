using Bongsu.Core.Hashing;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>
/// Numbers distinct byte strings 0, 1, 2 … in the order they come: an open-addressing hash table. One owner.
/// </summary>
internal sealed class BytesTable
{
    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64();

    private Slot[] _slots = new Slot[64];
    private int[] _offsets = new int[33];
    private byte[] _bytes = new byte[512];

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory.</summary>
    public long SizeBytes => (8L * _slots.Length) + (4L * _offsets.Length) + _bytes.Length;

    /// <summary>A key by number.</summary>
    public ReadOnlySpan<byte> this[int number] =>
        _bytes.AsSpan(_offsets[number], _offsets[number + 1] - _offsets[number]);

    /// <summary>The number of a key, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        uint hash = Hash(key);
        int mask = _slots.Length - 1;
        for (int at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            Slot slot = _slots[at];
            if (slot.NumberPlusOne == 0 || (slot.Hash == hash && this[slot.NumberPlusOne - 1].SequenceEqual(key)))
            {
                return slot.NumberPlusOne - 1;
            }
        }
    }

    /// <summary>The number of a key; a new key is copied and gets the next number.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key)
    {
        uint hash = Hash(key);
        int mask = _slots.Length - 1;
        for (int at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            Slot slot = _slots[at];
            if (slot.NumberPlusOne == 0)
            {
                return Add(at, hash, key);
            }

            if (slot.Hash == hash && this[slot.NumberPlusOne - 1].SequenceEqual(key))
            {
                return slot.NumberPlusOne - 1;
            }
        }
    }

    /// <summary>All keys by number, copied.</summary>
    public Utf8Values ToValues() =>
        new(_offsets.AsSpan(0, Count + 1).ToArray(), _bytes.AsSpan(0, _offsets[Count]).ToArray(), Count);

    private static uint Hash(ReadOnlySpan<byte> key)
    {
        ulong hash = ByteHash.Compute(key, s_seed);
        return (uint)(hash ^ (hash >> 32));
    }

    private int Add(int at, uint hash, ReadOnlySpan<byte> key)
    {
        int number = Count;
        int used = _offsets[number];
        if (_bytes.Length - used < key.Length)
        {
            long wanted = Math.Max(2L * _bytes.Length, (long)used + key.Length);
            if ((long)used + key.Length > Array.MaxLength)
            {
                throw new QueryException("limit", "the distinct strings of a group key pass 2 GiB", default);
            }

            Array.Resize(ref _bytes, (int)Math.Min(wanted, Array.MaxLength));
        }

        key.CopyTo(_bytes.AsSpan(used));
        if (number + 2 > _offsets.Length)
        {
            Array.Resize(ref _offsets, _offsets.Length * 2);
        }

        _offsets[number + 1] = used + key.Length;
        _slots[at] = new Slot(hash, number + 1);
        Count = number + 1;
        if (Count * 2L > _slots.Length)
        {
            Grow();
        }

        return number;
    }

    private void Grow()
    {
        var slots = new Slot[_slots.Length * 2];
        int mask = slots.Length - 1;
        foreach (Slot slot in _slots)
        {
            if (slot.NumberPlusOne == 0)
            {
                continue;
            }

            int at = (int)slot.Hash & mask;
            while (slots[at].NumberPlusOne != 0)
            {
                at = (at + 1) & mask;
            }

            slots[at] = slot;
        }

        _slots = slots;
    }

    private readonly record struct Slot(uint Hash, int NumberPlusOne);
}
