using System.Buffers.Binary;
using System.Numerics;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Encodings;

/// <summary>Gives equal byte strings one small number, counted from 0 in order of first sight. One owner.</summary>
public sealed class Utf8Interner
{
    private const ulong Seed = 0x9E3779B97F4A7C15;

    private readonly Utf8Buffer _buffer = new();
    private int[] _slots = new int[64];
    private ulong[] _hashes = new ulong[32];
    private int _count;

    /// <summary>Number of distinct strings so far.</summary>
    public int Count => _count;

    /// <summary>The distinct strings so far, by number.</summary>
    public Utf8Values Values => _buffer.Snapshot();

    /// <summary>The string of a number; valid until the next one is added.</summary>
    public ReadOnlySpan<byte> this[int number] => _buffer[number];

    /// <summary>The number of a string; a new one where it was not seen before.</summary>
    public int Intern(ReadOnlySpan<byte> value)
    {
        ulong hash = Hash(value);
        int mask = _slots.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int code = _slots[slot] - 1;
            if (code < 0)
            {
                return Add(value, hash, slot);
            }

            if (_hashes[code] == hash && _buffer[code].SequenceEqual(value))
            {
                return code;
            }
        }
    }

    /// <summary>Takes the distinct strings out, by number.</summary>
    public Utf8Values Build()
    {
        _count = 0;
        Array.Clear(_slots);
        return _buffer.Build();
    }

    /// <summary>A hash for tables in memory; not for disk.</summary>
    public static ulong Hash(ReadOnlySpan<byte> value)
    {
        ulong hash = Seed ^ (ulong)value.Length;
        if (value.Length < 8)
        {
            return Mix(hash ^ Short(value));
        }

        for (ReadOnlySpan<byte> rest = value; rest.Length > 8; rest = rest[8..])
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        return Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(value[^8..]));
    }

    // Up to seven bytes as a number; reads overlap, so that there is no loop.
    private static ulong Short(ReadOnlySpan<byte> value)
    {
        if (value.Length >= 4)
        {
            return ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(value) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(value[^4..]);
        }

        return value.IsEmpty ? 0 : ((ulong)value[0] << 16) | ((ulong)value[value.Length / 2] << 8) | value[^1];
    }

    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, Seed, out ulong low);
        return BitOperations.RotateLeft(high ^ low, 23);
    }

    private int Add(ReadOnlySpan<byte> value, ulong hash, int slot)
    {
        _buffer.Append(value);
        if (_count == _hashes.Length)
        {
            Array.Resize(ref _hashes, _hashes.Length * 2);
        }

        _hashes[_count] = hash;
        _slots[slot] = ++_count;
        if (_count * 2 > _slots.Length)
        {
            Rehash();
        }

        return _count - 1;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int code = 0; code < _count; code++)
        {
            int slot = (int)_hashes[code] & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = code + 1;
        }
    }
}
