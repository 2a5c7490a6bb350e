using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Decoding;

/// <summary>A growing list of byte strings whose last one can be taken back. One owner; reused by
/// <see cref="Clear"/>.</summary>
internal sealed class ByteStore
{
    private int[] _offsets = new int[17];
    private byte[] _bytes = new byte[64];

    public int Count { get; private set; }

    public long SizeBytes => _bytes.Length + (4L * _offsets.Length);

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = _offsets[index];
            return _bytes.AsSpan(start, _offsets[index + 1] - start);
        }
    }

    public void Append(ReadOnlySpan<byte> value)
    {
        int[] offsets = _offsets;
        int used = offsets[Count];
        int next = Count + 1;
        if (_bytes.Length - used < value.Length || (uint)next >= (uint)offsets.Length)
        {
            value.CopyTo(Reserve(value.Length));
            Commit(value.Length);
            return;
        }

        value.CopyTo(_bytes.AsSpan(used));
        offsets[next] = used + value.Length;
        Count = next;
    }

    public Span<byte> Reserve(int maxBytes)
    {
        int used = _offsets[Count];
        if (_bytes.Length - used < maxBytes)
        {
            GrowBytes(used, maxBytes);
        }

        return _bytes.AsSpan(used);
    }

    public void Commit(int lengthBytes)
    {
        if (Count + 2 > _offsets.Length)
        {
            Array.Resize(ref _offsets, _offsets.Length * 2);
        }

        _offsets[Count + 1] = _offsets[Count] + lengthBytes;
        Count++;
    }

    public void AppendEmpty(int count)
    {
        if (Count + count + 1 > _offsets.Length)
        {
            Array.Resize(ref _offsets, Math.Max(_offsets.Length * 2, Count + count + 1));
        }

        _offsets.AsSpan(Count + 1, count).Fill(_offsets[Count]);
        Count += count;
    }

    public void RemoveLast() => Count--;

    /// <summary>Forgets everything and keeps the room.</summary>
    public void Clear() => Count = 0;

    /// <summary>A copy of everything, without the room that growing left.</summary>
    public Utf8Values Build()
    {
        int[] offsets = GC.AllocateUninitializedArray<int>(Count + 1);
        _offsets.AsSpan(0, Count + 1).CopyTo(offsets);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(_offsets[Count]);
        _bytes.AsSpan(0, bytes.Length).CopyTo(bytes);
        return new Utf8Values(offsets, bytes, Count);
    }

    /// <summary>Everything, until the store changes.</summary>
    public Utf8Values Lend() => new(_offsets, _bytes, Count);

    private void GrowBytes(int used, int extra)
    {
        long wanted = Math.Max(2L * _bytes.Length, (long)used + extra);
        if ((long)used + extra > Array.MaxLength)
        {
            throw new InvalidOperationException("a column would pass 2 GiB");
        }

        byte[] grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(wanted, Array.MaxLength));
        _bytes.AsSpan(0, used).CopyTo(grown);
        _bytes = grown;
    }
}
