namespace Bongsu.Core.Vectors;

/// <summary>A growing list of byte strings; becomes <see cref="Utf8Values"/>. One owner.</summary>
internal sealed class Utf8Buffer
{
    private int[] _offsets;
    private byte[] _bytes = [];

    public Utf8Buffer(int expectedCount = 16)
    {
        _offsets = new int[expectedCount + 1];
    }

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_offsets[index], _offsets[index + 1] - _offsets[index]);

    public long SizeBytes => _bytes.Length + (4L * _offsets.Length);

    public void Append(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Commit(value.Length);
    }

    public Span<byte> Reserve(int maxBytes)
    {
        int used = _offsets[Count];
        if (_bytes.Length - used < maxBytes)
        {
            long wanted = Math.Max(Math.Max(64, 2L * _bytes.Length), (long)used + maxBytes);
            if (used + (long)maxBytes > Array.MaxLength)
            {
                throw new InvalidOperationException("a string vector would pass 2 GiB");
            }

            byte[] grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(wanted, Array.MaxLength));
            _bytes.AsSpan(0, used).CopyTo(grown);
            _bytes = grown;
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

    /// <summary>The values so far; shares the buffer, whose used part does not change.</summary>
    public Utf8Values Snapshot() => new(_offsets, _bytes, Count);

    public Utf8Values Build()
    {
        var values = new Utf8Values(_offsets, _bytes, Count);
        _offsets = new int[17];
        _bytes = [];
        Count = 0;
        return values;
    }
}
