using System.Numerics;
using System.Runtime.InteropServices;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>
/// Numbers distinct 64-bit keys 0, 1, 2 … in the order they come: an open-addressing hash table. One owner.
/// </summary>
internal sealed class LongTable
{
    // Random per process, so that nobody outside can send keys that all collide.
    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64() | 1;

    private Slot[] _slots = new Slot[64];
    private long[] _keys = new long[32];

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>The keys by number.</summary>
    public ReadOnlySpan<long> Keys => _keys.AsSpan(0, Count);

    /// <summary>Bytes of memory.</summary>
    public long SizeBytes => (16L * _slots.Length) + (8L * _keys.Length);

    /// <summary>The number of a key, or -1.</summary>
    public int Find(long key)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        for (int at = (int)Hash(key) & mask; ; at = (at + 1) & mask)
        {
            ref Slot slot = ref slots[at];
            if (slot.NumberPlusOne == 0 || slot.Key == key)
            {
                return slot.NumberPlusOne - 1;
            }
        }
    }

    /// <summary>The number of a key; a new key gets the next number.</summary>
    public int FindOrAdd(long key)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        for (int at = (int)Hash(key) & mask; ; at = (at + 1) & mask)
        {
            ref Slot slot = ref slots[at];
            if (slot.NumberPlusOne == 0)
            {
                return Add(ref slot, key);
            }

            if (slot.Key == key)
            {
                return slot.NumberPlusOne - 1;
            }
        }
    }

    private static ulong Hash(long key)
    {
        ulong high = Math.BigMul((ulong)key ^ s_seed, 0x9E3779B97F4A7C15, out ulong low);
        return high ^ low;
    }

    private int Add(ref Slot slot, long key)
    {
        int number = Count++;
        slot.Key = key;
        slot.NumberPlusOne = number + 1;
        if (number == _keys.Length)
        {
            Array.Resize(ref _keys, _keys.Length * 2);
        }

        _keys[number] = key;
        if (Count * 2L > _slots.Length)
        {
            Grow();
        }

        return number;
    }

    private void Grow()
    {
        var slots = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)_slots.Length * 2)];
        int mask = slots.Length - 1;
        for (int number = 0; number < Count; number++)
        {
            int at = (int)Hash(_keys[number]) & mask;
            while (slots[at].NumberPlusOne != 0)
            {
                at = (at + 1) & mask;
            }

            slots[at] = new Slot { Key = _keys[number], NumberPlusOne = number + 1 };
        }

        _slots = slots;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public long Key;
        public int NumberPlusOne;
    }
}
