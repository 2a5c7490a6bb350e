namespace Bongsu.Query.Operators.Grouping;

/// <summary>Numbers distinct pairs of small non-negative numbers 0, 1, 2 … in the order they come. One owner.</summary>
/// <remarks>
/// While the product of both domains is small, a pair indexes an array (no hashing); past <see cref="MaxDirectSlots"/>
/// it
/// becomes one 64-bit key of a <see cref="LongTable"/>.
/// </remarks>
internal sealed class PairTable
{
    /// <summary>
    /// Largest array: 1 Mi slots, 4 MiB, about what a core's second-level cache and its share of the third hold.
    /// </summary>
    private const int MaxDirectSlots = 1 << 20;

    private int[]? _direct = [];
    private int _strideBits;
    private LongTable? _hashed;
    private int[] _firsts = new int[32];
    private int[] _seconds = new int[32];

    /// <summary>Number of pairs.</summary>
    public int Count { get; private set; }

    /// <summary>First halves by number.</summary>
    public ReadOnlySpan<int> Firsts => _firsts.AsSpan(0, Count);

    /// <summary>Second halves by number.</summary>
    public ReadOnlySpan<int> Seconds => _seconds.AsSpan(0, Count);

    /// <summary>Bytes of memory.</summary>
    public long SizeBytes =>
        (4L * (_direct?.Length ?? 0)) + (_hashed?.SizeBytes ?? 0) + (8L * _firsts.Length);

    /// <summary>The numbers of pairs; new pairs get the next numbers.</summary>
    /// <param name="firsts">First halves, each below <paramref name="firstCount"/>.</param>
    /// <param name="firstCount">Size of the first domain now; it may grow between calls.</param>
    /// <param name="seconds">Second halves, each below <paramref name="secondCount"/>.</param>
    /// <param name="secondCount">Size of the second domain now.</param>
    /// <param name="numbers">The result; may be <paramref name="firsts"/> itself.</param>
    public void Assign(ReadOnlySpan<int> firsts, int firstCount, ReadOnlySpan<int> seconds, int secondCount, Span<int> numbers)
    {
        Fit(firstCount, secondCount);
        if (_direct is not null)
        {
            for (int row = 0; row < firsts.Length; row++)
            {
                int first = firsts[row];
                int second = seconds[row];
                int number = _direct[(first << _strideBits) + second] - 1;
                numbers[row] = number >= 0 ? number : AddDirect(first, second);
            }

            return;
        }

        long lastKey = -1;
        int lastNumber = -1;
        for (int row = 0; row < firsts.Length; row++)
        {
            long key = ((long)firsts[row] << 32) | (uint)seconds[row];
            if (key != lastKey)
            {
                lastKey = key;
                lastNumber = _hashed!.FindOrAdd(key);
                if (lastNumber == Count)
                {
                    Append(firsts[row], seconds[row]);
                }
            }

            numbers[row] = lastNumber;
        }
    }

    /// <summary>The numbers of pairs, -1 for an unknown pair or where a half is -1.</summary>
    public void Find(ReadOnlySpan<int> firsts, ReadOnlySpan<int> seconds, Span<int> numbers)
    {
        for (int row = 0; row < firsts.Length; row++)
        {
            int first = firsts[row];
            int second = seconds[row];
            if ((first | second) < 0)
            {
                numbers[row] = -1;
            }
            else if (_direct is not null)
            {
                int at = (first << _strideBits) + second;
                bool isInside = second < (1 << _strideBits) && at < _direct.Length;
                numbers[row] = isInside ? _direct[at] - 1 : -1;
            }
            else
            {
                numbers[row] = _hashed!.Find(((long)first << 32) | (uint)second);
            }
        }
    }

    /// <summary>Gives its memory back; it is not used afterwards.</summary>
    public void Release()
    {
        if (_direct is not null)
        {
            TableArrays.Return(ref _direct);
        }

        _hashed?.Release();
        TableArrays.Return(ref _firsts);
        TableArrays.Return(ref _seconds);
        Count = 0;
    }

    private int AddDirect(int first, int second)
    {
        Append(first, second);
        _direct![(first << _strideBits) + second] = Count;
        return Count - 1;
    }

    private void Append(int first, int second)
    {
        if (Count == _firsts.Length)
        {
            TableArrays.Grow(ref _firsts, Count * 2);
            TableArrays.Grow(ref _seconds, Count * 2);
        }

        _firsts[Count] = first;
        _seconds[Count++] = second;
    }

    private void Fit(int firstCount, int secondCount)
    {
        if (_direct is null || ((long)firstCount << _strideBits <= _direct.Length && secondCount <= 1 << _strideBits))
        {
            return;
        }

        int strideBits = _strideBits;
        while (1L << strideBits < secondCount)
        {
            strideBits++;
        }

        long wanted = (long)firstCount << strideBits;
        if (wanted > MaxDirectSlots)
        {
            _hashed = new LongTable();
            for (int number = 0; number < Count; number++)
            {
                _hashed.FindOrAdd(((long)_firsts[number] << 32) | (uint)_seconds[number]);
            }

            TableArrays.Return(ref _direct);
            _direct = null;
            return;
        }

        TableArrays.Return(ref _direct);
        _direct = TableArrays.Rent<int>((int)Math.Min(Math.Max(wanted * 2, 256), MaxDirectSlots));
        _strideBits = strideBits;
        for (int number = 0; number < Count; number++)
        {
            _direct[(_firsts[number] << strideBits) + _seconds[number]] = number + 1;
        }
    }
}
