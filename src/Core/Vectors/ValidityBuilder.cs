namespace Bongsu.Core.Vectors;

/// <summary>Collects validity bits; allocates nothing until the first null. A mutable struct: keep it in a
/// field.</summary>
internal struct ValidityBuilder
{
    private ulong[]? _words;

    public readonly bool HasNulls => _words is not null;

    /// <summary>Marks the last of <paramref name="countAfter"/> rows as not null.</summary>
    public void AppendValid(int countAfter)
    {
        if (_words is not null)
        {
            EnsureWords(countAfter);
            _words[(countAfter - 1) >> 6] |= 1UL << ((countAfter - 1) & 63);
        }
    }

    /// <summary>Marks the last of <paramref name="countAfter"/> rows as null.</summary>
    public void AppendNull(int countAfter)
    {
        if (_words is null)
        {
            _words = new ulong[Math.Max(4, (countAfter + 63) >> 6)];
            for (int row = 0; row < countAfter - 1; row++)
            {
                _words[row >> 6] |= 1UL << (row & 63);
            }
        }

        EnsureWords(countAfter);
    }

    /// <summary>The bits of <paramref name="count"/> rows, or null where none is null; empties the builder.</summary>
    public Bitmap? Build(int count)
    {
        if (_words is null)
        {
            return null;
        }

        EnsureWords(count);
        ulong[] words = _words.AsSpan(0, (count + 63) >> 6).ToArray();
        _words = null;
        return new Bitmap(count, words);
    }

    private void EnsureWords(int count)
    {
        if (_words!.Length << 6 < count)
        {
            Array.Resize(ref _words, Math.Max(_words.Length * 2, (count + 63) >> 6));
        }
    }
}
