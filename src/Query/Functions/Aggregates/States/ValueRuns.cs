using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// How often each value came, in bounded memory: exact up to <see cref="MaxRuns"/> different values, from then on of values
/// rounded so far that no more are left. One owner.
/// </summary>
/// <remarks>How far is given by the set of values alone, so that neither order nor grouping makes a difference.</remarks>
/// <typeparam name="T">Of the values.</typeparam>
/// <typeparam name="TKey">What is kept of a value.</typeparam>
/// <typeparam name="TRankKey">Between the two.</typeparam>
internal sealed class ValueRuns<T, TKey, TRankKey>
    where T : unmanaged
    where TKey : unmanaged, IComparable<TKey>
    where TRankKey : IRankKey<T, TKey>
{
    /// <summary>Most different values kept, 16 bytes each. Values over three powers of ten are then known to 1 %, nearer ones
    /// better.</summary>
    public const int MaxRuns = 1024;

    private const int FirstLength = 4;

    private static readonly int s_bytesPerItem = System.Runtime.CompilerServices.Unsafe.SizeOf<TKey>() + sizeof(long);

    // Sorted and different up to _runCount, as they came from there on.
    private TKey[] _keys = [];
    private long[] _counts = [];
    private int _runCount;
    private int _count;

    /// <summary>How far values are rounded; 0 = not at all.</summary>
    public int Level { get; private set; }

    /// <summary>Bytes of memory, about.</summary>
    public long SizeBytes => 64 + ((long)_keys.Length * s_bytesPerItem);

    /// <summary>Counts a value in.</summary>
    /// <param name="key">The value.</param>
    /// <param name="count">How often it came.</param>
    public void Add(TKey key, long count)
    {
        if (_count == _keys.Length)
        {
            MakeRoom();
        }

        _keys[_count] = Level == 0 ? key : TRankKey.Coarsen(key, Level);
        _counts[_count++] = count;
    }

    /// <summary>Counts in all of another.</summary>
    public void Add(ValueRuns<T, TKey, TRankKey> other)
    {
        RaiseTo(other.Level);
        for (int index = 0; index < other._count; index++)
        {
            Add(other._keys[index], other._counts[index]);
        }
    }

    /// <summary>The runs in order; valid until the next change. It is likely complete now, and holds no more room.</summary>
    public (ReadOnlyMemory<TKey> Keys, ReadOnlyMemory<long> Counts) Read()
    {
        Trim();
        return (_keys.AsMemory(0, _count), _counts.AsMemory(0, _count));
    }

    /// <summary>Writes level and runs.</summary>
    public void Write(BinaryWriter writer)
    {
        Trim();
        writer.Write((byte)Level);
        writer.Write(_count);
        VectorCodec.WriteSpan<TKey>(writer, _keys.AsSpan(0, _count));
        VectorCodec.WriteSpan<long>(writer, _counts.AsSpan(0, _count));
    }

    /// <summary>Restores what was written, into an empty one.</summary>
    /// <exception cref="InvalidDataException">The bytes are something else.</exception>
    public void Read(BinaryReader reader)
    {
        int level = reader.ReadByte();
        int count = reader.ReadInt32();
        if (level > TRankKey.MaxLevel || count < 0 || (count > MaxRuns && level < TRankKey.MaxLevel))
        {
            throw new InvalidDataException($"{count} runs of values at level {level}, expected up to {MaxRuns} up to level {TRankKey.MaxLevel}");
        }

        Level = level;
        Resize(count);
        VectorCodec.ReadSpan(reader, _keys.AsSpan());
        VectorCodec.ReadSpan(reader, _counts.AsSpan());
        (_runCount, _count) = (0, count); // sorted anew, whatever they are
    }

    private void Trim()
    {
        Tidy();
        if (_keys.Length - _count > _count / 4)
        {
            Resize(_count);
        }
    }

    private void MakeRoom()
    {
        Tidy();
        if (_count <= _keys.Length / 2 && _keys.Length >= FirstLength)
        {
            return; // what was equal made room
        }

        Resize(Math.Max(FirstLength, _keys.Length * 2));
    }

    private void Resize(int length)
    {
        Array.Resize(ref _keys, length);
        Array.Resize(ref _counts, length);
    }

    // Sorts what came, adds up equal values, and rounds on while there are too many.
    private void Tidy()
    {
        if (_runCount == _count)
        {
            return;
        }

        _keys.AsSpan(0, _count).Sort(_counts.AsSpan(0, _count));
        Fold();
        while (_count > MaxRuns && Level < TRankKey.MaxLevel)
        {
            RaiseTo(Level + 1);
        }
    }

    private void RaiseTo(int level)
    {
        if (level <= Level)
        {
            return;
        }

        Level = level;
        for (int index = 0; index < _count; index++)
        {
            _keys[index] = TRankKey.Coarsen(_keys[index], level);
        }

        if (_runCount == _count)
        {
            Fold(); // rounding keeps the order
        }
    }

    private void Fold()
    {
        int folded = 0;
        for (int index = 1; index < _count; index++)
        {
            if (_keys[index].CompareTo(_keys[folded]) == 0)
            {
                long sum = unchecked(_counts[folded] + _counts[index]);
                _counts[folded] = sum < 0 ? long.MaxValue : sum;
            }
            else
            {
                _keys[++folded] = _keys[index];
                _counts[folded] = _counts[index];
            }
        }

        _count = Math.Min(_count, folded + 1);
        _runCount = _count;
    }
}
