using System.Buffers.Binary;
using System.Numerics;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Decoding;

/// <summary>Strings by row: dictionary-coded while they repeat, plain once most of them are new. One owner.</summary>
/// <remarks>Entry 0 of the dictionary is the empty string, so absent rows are zeroed codes.</remarks>
internal sealed class StringStore
{
    // Below this many entries a dictionary is kept whatever the share of new values: deciding sooner would decide on
    // noise.
    private const int MinEntriesToJudge = 512;

    // A probe this long means colliding values, by chance or by an enemy's choice: the column becomes plain.
    private const int MaxProbes = 64;

    private ByteStore _values = new();
    private int[] _codes = new int[16];
    private int[]? _slots = new int[64];
    private int _count;

    public StringStore()
    {
        _values.AppendEmpty(1);
    }

    public int Count => IsDictionary ? _count : _values.Count;

    public bool IsDictionary => _slots is not null;

    public long SizeBytes => _values.SizeBytes + (4L * _codes.Length) + (4L * (_slots?.Length ?? 0));

    public ReadOnlySpan<byte> this[int row] => _values[IsDictionary ? _codes[row] : row];

    public void Append(ReadOnlySpan<byte> value)
    {
        if (_slots is null)
        {
            _values.Append(value);
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
            _values.Append(value);
            return;
        }

        _codes[_count++] = code;
    }

    public void AppendEmpty(int count)
    {
        if (_slots is null)
        {
            _values.AppendEmpty(count);
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
        if (_slots is null)
        {
            _values.RemoveLast();
        }
        else
        {
            _count--;
        }
    }

    public StringVector Build() =>
        _slots is null ? new StringVector(_values.Build()) : new StringVector(_values.Build(), _codes, _count);

    // The code of a value, or -1 where the dictionary should be given up.
    private int FindOrAdd(ReadOnlySpan<byte> value)
    {
        int[] slots = _slots!;
        int mask = slots.Length - 1;
        int slot = (int)Hash(value) & mask;
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            int code = slots[slot];
            if (code == 0)
            {
                return Add(value, slot);
            }

            if (_values[code].SequenceEqual(value))
            {
                return code;
            }

            slot = (slot + 1) & mask;
        }

        return -1;
    }

    private int Add(ReadOnlySpan<byte> value, int slot)
    {
        int code = _values.Count;
        if (code >= MinEntriesToJudge && BitOperations.IsPow2(code) && 2L * code > _count)
        {
            return -1;
        }

        _values.Append(value);
        _slots![slot] = code;
        if (2 * _values.Count > _slots.Length)
        {
            Rehash(_slots.Length * 4);
        }

        return code;
    }

    private void Rehash(int size)
    {
        int[] slots = new int[size];
        for (int code = 1; code < _values.Count; code++)
        {
            int slot = (int)Hash(_values[code]) & (size - 1);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (size - 1);
            }

            slots[slot] = code;
        }

        _slots = slots;
    }

    private void BecomePlain()
    {
        ByteStore dictionary = _values;
        _values = new ByteStore();
        for (int row = 0; row < _count; row++)
        {
            _values.Append(dictionary[_codes[row]]);
        }

        _slots = null;
        _codes = [];
        _count = 0;
    }

    // Two overlapping loads folded by a wide multiplication, as in wyhash (Wang Yi, public domain); never persisted.
    private static uint Hash(ReadOnlySpan<byte> value)
    {
        const ulong First = 0xa0761d6478bd642f;
        const ulong Second = 0xe7037ed1a0b428db;
        ulong seed = (ulong)value.Length;
        while (value.Length > 16)
        {
            seed = Fold(BinaryPrimitives.ReadUInt64LittleEndian(value) ^ First ^ seed,
                BinaryPrimitives.ReadUInt64LittleEndian(value[8..]) ^ Second);
            value = value[16..];
        }

        ulong low;
        ulong high;
        if (value.Length >= 8)
        {
            low = BinaryPrimitives.ReadUInt64LittleEndian(value);
            high = BinaryPrimitives.ReadUInt64LittleEndian(value[^8..]);
        }
        else if (value.Length >= 4)
        {
            low = BinaryPrimitives.ReadUInt32LittleEndian(value);
            high = BinaryPrimitives.ReadUInt32LittleEndian(value[^4..]);
        }
        else
        {
            low = value[0];
            high = value[value.Length >> 1] | ((ulong)value[^1] << 8);
        }

        ulong mixed = Fold(low ^ First, high ^ Second ^ seed);
        return (uint)(mixed ^ (mixed >> 32));
    }

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
