using System.Numerics;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>A set of 128-bit values of known size: open addressing, a byte of the hash before each full comparison. One
/// writer; then any number of readers.</summary>
internal sealed class WideSet
{
    // Random per process, so that nobody outside can send values that all collide.
    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64() | 1;

    private readonly byte[] _tags;
    private readonly UInt128[] _values;

    /// <summary>A set for at most <paramref name="capacity"/> values.</summary>
    public WideSet(int capacity)
    {
        _tags = new byte[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * capacity))];
        _values = new UInt128[_tags.Length];
    }

    /// <summary>Number of values.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a value.</summary>
    public void Add(UInt128 value)
    {
        int at = Find(value, out byte tag);
        if (_tags[at] == 0)
        {
            _tags[at] = tag;
            _values[at] = value;
            Count++;
        }
    }

    /// <summary>Whether a value was added.</summary>
    public bool Contains(UInt128 value) => _tags[Find(value, out _)] != 0;

    // Where the value is, or the free place for it.
    private int Find(UInt128 value, out byte tag)
    {
        ulong high = Math.BigMul((ulong)value ^ s_seed, (ulong)(value >> 64) ^ 0x9E3779B97F4A7C15, out ulong low);
        ulong hash = high ^ low;
        tag = (byte)((hash >> 56) | 1); // 0 marks a free place
        byte[] tags = _tags;
        int mask = tags.Length - 1;
        int at = (int)hash & mask;
        while (tags[at] != 0 && (tags[at] != tag || _values[at] != value))
        {
            at = (at + 1) & mask;
        }

        return at;
    }
}
