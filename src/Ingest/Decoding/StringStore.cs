using System.Buffers.Binary;
using System.Numerics;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Decoding;

/// <summary>Strings by row: dictionary-coded while they repeat, plain once most of them are new. One owner; reused by
/// <see cref="Clear"/>.</summary>
/// <remarks>
/// Entry 0 of the dictionary is the empty string, so absent rows are zeroed codes. A store that became plain begins the
/// next batches plain, and tries a dictionary again only now and then.
/// </remarks>
internal sealed class StringStore
{
    // Below this many entries a dictionary is kept whatever the share of new values: deciding sooner would decide on
    // noise.
    private const int MinEntriesToJudge = 512;

    // A probe this long means colliding values, by chance or by an enemy's choice: the column becomes plain.
    private const int MaxProbes = 64;

    // A column of ever new values is tried as a dictionary once in so many batches.
    private const int PlainBatches = 16;

    private readonly ByteStore _entries = new();
    private readonly ByteStore _plain = new();
    private int[] _codes = new int[16];
    private int[] _slots = new int[64];
    private Key[] _keys = new Key[33];
    private int _count;
    private int _plainBatchesLeft;

    public StringStore()
    {
        _entries.AppendEmpty(1);
    }

    public bool IsDictionary { get; private set; } = true;

    public long SizeBytes => _entries.SizeBytes + _plain.SizeBytes + (4L * _codes.Length) +
        (4L * _slots.Length) + (24L * _keys.Length);

    public ReadOnlySpan<byte> this[int row] => IsDictionary ? _entries[_codes[row]] : _plain[row];

    public void Append(ReadOnlySpan<byte> value)
    {
        if (!IsDictionary)
        {
            _plain.Append(value);
            return;
        }

        if (_count == _codes.Length)
        {
            Array.Resize(ref _codes, _codes.Length * 2);
        }

        int code = value.IsEmpty ? 0 : FindOrAdd(value);
        if (code < 0)
        {
            BecomePlain();
            _plain.Append(value);
            return;
        }

        _codes[_count++] = code;
    }

    public void AppendEmpty(int count)
    {
        if (!IsDictionary)
        {
            _plain.AppendEmpty(count);
            return;
        }

        if (_codes.Length - _count < count)
        {
            Array.Resize(ref _codes, Math.Max(_codes.Length * 2, _count + count));
        }

        _codes.AsSpan(_count, count).Clear();
        _count += count;
    }

    public void RemoveLast()
    {
        if (IsDictionary)
        {
            _count--;
        }
        else
        {
            _plain.RemoveLast();
        }
    }

    /// <summary>The rows as a vector with room of its own.</summary>
    public StringVector Build()
    {
        if (!IsDictionary)
        {
            return new StringVector(_plain.Build());
        }

        int[] codes = GC.AllocateUninitializedArray<int>(_count);
        _codes.AsSpan(0, _count).CopyTo(codes);
        return new StringVector(_entries.Build(), codes, _count) { HasDistinctEntries = true };
    }

    /// <summary>Forgets everything and keeps the room.</summary>
    public void Clear()
    {
        _plainBatchesLeft = IsDictionary ? 0 : _plainBatchesLeft == 0 ? PlainBatches : _plainBatchesLeft - 1;
        IsDictionary = _plainBatchesLeft == 0;
        if (_entries.Count > 1)
        {
            _slots.AsSpan().Clear();
        }

        _entries.Clear();
        _entries.AppendEmpty(1);
        _plain.Clear();
        _count = 0;
    }

    // The code of a value, or -1 where the dictionary should be given up.
    private int FindOrAdd(ReadOnlySpan<byte> value)
    {
        Key key = Key.Of(value);
        int[] slots = _slots;
        Key[] keys = _keys;
        int slot = (int)key.Hash & (slots.Length - 1);
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            int code = slots[slot];
            if (code == 0)
            {
                return Add(value, key, slot);
            }

            if (keys[code] == key && (value.Length <= Key.WholeBytes || _entries[code].SequenceEqual(value)))
            {
                return code;
            }

            slot = (slot + 1) & (slots.Length - 1);
        }

        return -1;
    }

    private int Add(ReadOnlySpan<byte> value, Key key, int slot)
    {
        int code = _entries.Count;
        if (code >= MinEntriesToJudge && BitOperations.IsPow2(code) && 2L * code > _count)
        {
            return -1;
        }

        _entries.Append(value);
        _slots[slot] = code;
        _keys[code] = key;
        if (2 * _entries.Count > _slots.Length)
        {
            Rehash(_slots.Length * 4);
        }

        return code;
    }

    private void Rehash(int size)
    {
        int[] slots = new int[size];
        for (int code = 1; code < _entries.Count; code++)
        {
            int slot = (int)_keys[code].Hash & (size - 1);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (size - 1);
            }

            slots[slot] = code;
        }

        _slots = slots;
        Array.Resize(ref _keys, (size / 2) + 1);
    }

    private void BecomePlain()
    {
        for (int row = 0; row < _count; row++)
        {
            _plain.Append(_entries[_codes[row]]);
        }

        IsDictionary = false;
        _count = 0;
    }

    /// <summary>All of a short value, or the hash and the end of a long one; never persisted.</summary>
    private readonly record struct Key(ulong Low, ulong High, int Length)
    {
        /// <summary>Values up to this many bytes are equal where their keys are.</summary>
        public const int WholeBytes = 16;

        private const ulong First = 0xa0761d6478bd642f;
        private const ulong Second = 0xe7037ed1a0b428db;

        /// <summary>For the place in a table.</summary>
        public uint Hash
        {
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            get
            {
                ulong mixed = Fold(Low ^ First, High ^ Second ^ (ulong)Length);
                return (uint)(mixed ^ (mixed >> 32));
            }
        }

        // Two overlapping loads; long values are folded by wide multiplications, as in wyhash (Wang Yi, public domain).
        public static Key Of(ReadOnlySpan<byte> value)
        {
            int length = value.Length;
            if (length > WholeBytes)
            {
                return new Key(FoldAll(value), BinaryPrimitives.ReadUInt64LittleEndian(value[(length - 8)..]), length);
            }

            if (length >= 8)
            {
                return new Key(
                    BinaryPrimitives.ReadUInt64LittleEndian(value),
                    BinaryPrimitives.ReadUInt64LittleEndian(value[(length - 8)..]),
                    length);
            }

            if (length >= 4)
            {
                return new Key(
                    BinaryPrimitives.ReadUInt32LittleEndian(value),
                    BinaryPrimitives.ReadUInt32LittleEndian(value[(length - 4)..]),
                    length);
            }

            return new Key(value[0], value[length >> 1] | ((ulong)value[length - 1] << 8), length);
        }

        private static ulong FoldAll(ReadOnlySpan<byte> value)
        {
            ulong seed = 0;
            while (value.Length > WholeBytes)
            {
                seed = Fold(BinaryPrimitives.ReadUInt64LittleEndian(value) ^ First ^ seed,
                    BinaryPrimitives.ReadUInt64LittleEndian(value[8..]) ^ Second);
                value = value[16..];
            }

            // What is left has no fixed place for its first eight bytes where it is shorter: the end is in the key.
            return value.Length > 8 ? Fold(BinaryPrimitives.ReadUInt64LittleEndian(value) ^ First, seed ^ Second) : seed;
        }

        private static ulong Fold(ulong left, ulong right)
        {
            ulong high = Math.BigMul(left, right, out ulong low);
            return high ^ low;
        }
    }
}
