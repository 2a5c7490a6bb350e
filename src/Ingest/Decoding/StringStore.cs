using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Bongsu.Core.Hashing;
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

    // Code and, above it, the tag of a value; 0 = free. Most values that differ differ in their tags.
    private ulong[] _slots = new ulong[64];
    private Vector256<byte>[] _shorts = new Vector256<byte>[33];
    private int _count;
    private int _plainBatchesLeft;

    public StringStore()
    {
        _entries.AppendEmpty(1);
    }

    public bool IsDictionary { get; private set; } = true;

    public long SizeBytes => _entries.SizeBytes + _plain.SizeBytes + (4L * _codes.Length) +
        (8L * _slots.Length) + ((long)ShortText.MaxBytes * _shorts.Length);

    public ReadOnlySpan<byte> this[int row] => IsDictionary ? _entries[_codes[row]] : _plain[row];

    public void Append(ReadOnlySpan<byte> value)
    {
        if (!IsDictionary)
        {
            _plain.Append(value);
        }
        else if (value.IsEmpty)
        {
            AppendCode(0);
        }
        else if (value.Length <= ShortText.MaxBytes)
        {
            AppendShort(value, ShortText.Of(value));
        }
        else
        {
            AppendCode(FindOrAddLong(value), value);
        }
    }

    /// <summary>As <see cref="Append(ReadOnlySpan{byte})"/>, of a text that is there both ways and is not
    /// empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> value, in ShortText text)
    {
        if (IsDictionary)
        {
            AppendShort(value, text);
        }
        else
        {
            _plain.Append(value);
        }
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

    /// <summary>The rows as a vector that is good until the store changes.</summary>
    public StringVector Lend() => IsDictionary
        ? new StringVector(_entries.Lend(), _codes, _count) { HasDistinctEntries = true }
        : new StringVector(_plain.Lend());

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

    private void AppendShort(ReadOnlySpan<byte> value, in ShortText text)
    {
        ulong[] slots = _slots;
        Vector256<byte>[] shorts = _shorts;
        ulong tag = TagOf(text.Hash, text.Length);
        int slot = PlaceOf(tag) & (slots.Length - 1);
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            ulong held = slots[slot];
            int code = (int)(uint)held;
            if (code == 0)
            {
                code = Add(value, tag, slot);
                if (code > 0)
                {
                    _shorts[code] = text.Bytes;
                }

                AppendCode(code, value);
                return;
            }

            if (held - (uint)code == tag && shorts[code] == text.Bytes)
            {
                AppendCode(code);
                return;
            }

            slot = (slot + 1) & (slots.Length - 1);
        }

        AppendCode(-1, value);
    }

    private void AppendCode(int code, ReadOnlySpan<byte> value)
    {
        if (code < 0)
        {
            BecomePlain();
            _plain.Append(value);
        }
        else
        {
            AppendCode(code);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AppendCode(int code)
    {
        int[] codes = _codes;
        if ((uint)_count >= (uint)codes.Length)
        {
            Array.Resize(ref _codes, codes.Length * 2);
            codes = _codes;
        }

        codes[_count++] = code;
    }

    // The code of a value, or -1 where the dictionary should be given up.
    private int FindOrAddLong(ReadOnlySpan<byte> value)
    {
        ulong tag = TagOf(HashOf(value), ShortText.MaxBytes + 1);
        int slot = PlaceOf(tag) & (_slots.Length - 1);
        for (int probe = 0; probe < MaxProbes; probe++)
        {
            ulong held = _slots[slot];
            int code = (int)(uint)held;
            if (code == 0)
            {
                return Add(value, tag, slot);
            }

            if (held - (uint)code == tag && _entries[code].SequenceEqual(value))
            {
                return code;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        return -1;
    }

    private int Add(ReadOnlySpan<byte> value, ulong tag, int slot)
    {
        int code = _entries.Count;
        if (code >= MinEntriesToJudge && BitOperations.IsPow2(code) && 2L * code > _count)
        {
            return -1;
        }

        _entries.Append(value);
        _slots[slot] = tag | (uint)code;
        if (2 * _entries.Count > _slots.Length)
        {
            Rehash(_slots.Length * 4);
        }

        return code;
    }

    private void Rehash(int size)
    {
        ulong[] slots = new ulong[size];
        foreach (ulong held in _slots)
        {
            if (held != 0)
            {
                int slot = PlaceOf(held) & (size - 1);
                while (slots[slot] != 0)
                {
                    slot = (slot + 1) & (size - 1);
                }

                slots[slot] = held;
            }
        }

        _slots = slots;
        Array.Resize(ref _shorts, (size / 2) + 1);
    }

    // Bits of the hash, the length (short texts of equal bytes may differ in zeros at their end), and room for the code.
    private static ulong TagOf(uint hash, int length) => (((ulong)hash << 6) | (uint)length) << 32;

    private static int PlaceOf(ulong tag) => (int)(tag >> 38);

    private void BecomePlain()
    {
        for (int row = 0; row < _count; row++)
        {
            _plain.Append(_entries[_codes[row]]);
        }

        IsDictionary = false;
        _count = 0;
    }

    private static uint HashOf(ReadOnlySpan<byte> value)
    {
        ulong mixed = ByteHash.Compute(value, 0);
        return (uint)(mixed ^ (mixed >> 32));
    }
}
