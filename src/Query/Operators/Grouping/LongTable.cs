using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>Numbers distinct 64-bit keys 0, 1, 2 … in the order they come. One owner.</summary>
/// <remarks>
/// While the keys lie close together (user numbers, status codes, bins of time) a key indexes an array; past
/// <see cref="MaxDirectSlots"/>, or where most of the array would stay empty, it becomes an open-addressing hash table.
/// </remarks>
internal sealed class LongTable
{
    /// <summary>Largest array: 1 Mi slots, 4 MiB.</summary>
    private const int MaxDirectSlots = 1 << 20;

    // Slots of the array for each key looked up so far: what clearing them costs must have paid.
    private const int SlotsPerLookup = 4;
    private const int MinDirectSlots = 1024;

    // Random per process, so that nobody outside can send keys that all collide.
    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64() | 1;

    // Numbers plus one, by key − _directBase; null once hashing began.
    private int[]? _direct = [];
    private long _directBase;
    private int _directLength;
    private long _lookups;
    private Slot[] _slots = [];
    private long[] _keys = new long[32];

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>The keys by number.</summary>
    public ReadOnlySpan<long> Keys => _keys.AsSpan(0, Count);

    /// <summary>Bytes of memory.</summary>
    public long SizeBytes => (4L * (_direct?.Length ?? 0)) + (16L * _slots.Length) + (8L * _keys.Length);

    /// <summary>The number of a key, or -1.</summary>
    public int Find(long key)
    {
        if (_direct is not null)
        {
            ulong index = (ulong)(key - _directBase);
            return index < (ulong)_directLength ? _direct[index] - 1 : -1;
        }

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
        int number = 0;
        Assign(new ReadOnlySpan<long>(in key), new Span<int>(ref number));
        return number;
    }

    /// <summary>The numbers of keys; new keys get the next numbers.</summary>
    public void Assign(ReadOnlySpan<long> keys, Span<int> numbers)
    {
        if (keys.IsEmpty)
        {
            return;
        }

        _lookups += keys.Length;
        if (_direct is not null && TryCover(keys))
        {
            AssignDirect(keys, numbers);
            return;
        }

        // Runs of one key are the rule for states and bins.
        long lastKey = ~keys[0];
        int lastNumber = -1;
        for (int row = 0; row < keys.Length; row++)
        {
            long key = keys[row];
            if (key != lastKey)
            {
                lastKey = key;
                lastNumber = FindOrAddHashed(key);
            }

            numbers[row] = lastNumber;
        }
    }

    /// <summary>Gives its memory back; it is not used afterwards.</summary>
    public void Release()
    {
        if (_direct is not null)
        {
            TableArrays.Return(ref _direct);
        }

        TableArrays.Return(ref _slots);
        TableArrays.Return(ref _keys);
        Count = 0;
    }

    private static ulong Hash(long key)
    {
        ulong high = Math.BigMul((ulong)key ^ s_seed, 0x9E3779B97F4A7C15, out ulong low);
        return high ^ low;
    }

    private void AssignDirect(ReadOnlySpan<long> keys, Span<int> numbers)
    {
        int[] direct = _direct!;
        long directBase = _directBase;
        for (int row = 0; row < keys.Length; row++)
        {
            ref int slot = ref direct[(int)(keys[row] - directBase)];
            if (slot == 0)
            {
                Append(keys[row]);
                slot = Count;
            }

            numbers[row] = slot - 1;
        }
    }

    // Makes the array reach over the keys; false, for good, where it would be too large.
    private bool TryCover(ReadOnlySpan<long> keys)
    {
        int[] direct = _direct!;
        long min = keys.Length == 1 ? keys[0] : TensorPrimitives.Min(keys);
        long max = keys.Length == 1 ? keys[0] : TensorPrimitives.Max(keys);
        if (_directLength > 0)
        {
            if (min >= _directBase && (ulong)(max - _directBase) < (ulong)_directLength)
            {
                return true;
            }

            min = Math.Min(min, _directBase);
            max = Math.Max(max, _directBase + _directLength - 1);
        }

        ulong range = (ulong)(max - min);
        long most = Math.Min(MaxDirectSlots, Math.Max(MinDirectSlots, SlotsPerLookup * _lookups));
        if (range >= (ulong)most)
        {
            Rehash((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, 4 * Count)));
            TableArrays.Return(ref direct);
            _direct = null;
            return false;
        }

        // Half as much again on the side it grew, so that ascending keys do not move it every time.
        long room = Math.Min(most - 1, (long)(range + (range / 2) + 16));
        bool growsDown = _directLength > 0 && min < _directBase;
        _directBase = growsDown ? Math.Max(long.MinValue, max < long.MinValue + room ? long.MinValue : max - room) : min;
        room = growsDown ? max - _directBase : min > 0 ? Math.Min(room, long.MaxValue - min) : room;
        TableArrays.Return(ref direct);
        _directLength = (int)room + 1;
        _direct = TableArrays.Rent<int>(_directLength);
        for (int number = 0; number < Count; number++)
        {
            _direct[_keys[number] - _directBase] = number + 1;
        }

        return true;
    }

    private int FindOrAddHashed(long key)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        for (int at = (int)Hash(key) & mask; ; at = (at + 1) & mask)
        {
            ref Slot slot = ref slots[at];
            if (slot.NumberPlusOne == 0)
            {
                Append(key);
                slot.Key = key;
                slot.NumberPlusOne = Count;
                if (Count * 2L > slots.Length)
                {
                    Rehash(slots.Length * 2);
                }

                return Count - 1;
            }

            if (slot.Key == key)
            {
                return slot.NumberPlusOne - 1;
            }
        }
    }

    private void Append(long key)
    {
        if (Count == _keys.Length)
        {
            TableArrays.Grow(ref _keys, _keys.Length * 2);
        }

        _keys[Count++] = key;
    }

    private void Rehash(int slotCount)
    {
        Slot[] slots = TableArrays.Rent<Slot>(slotCount);
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

        TableArrays.Return(ref _slots);
        _slots = slots;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Slot
    {
        public long Key;
        public int NumberPlusOne;
    }
}
