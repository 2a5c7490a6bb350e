using System.Numerics;

namespace Bongsu.Core.Vectors;

/// <summary>A fixed number of bits, used for validity (1 = not null) and for row selection (1 = keep).</summary>
/// <remarks>Mutable while its maker fills it; shared read-only afterwards. Bits past <see cref="Length"/> are
/// 0.</remarks>
public sealed class Bitmap
{
    private readonly ulong[] _words;

    /// <summary>All bits 0.</summary>
    public Bitmap(int length)
    {
        Length = length;
        _words = new ulong[(length + 63) >> 6];
    }

    /// <summary>Takes ownership of words; bits past <paramref name="length"/> are cleared.</summary>
    public Bitmap(int length, ulong[] words)
    {
        Length = length;
        _words = words;
        ClearTail();
    }

    /// <summary>Number of bits.</summary>
    public int Length { get; }

    /// <summary>The words, least significant bit first.</summary>
    public Span<ulong> Words => _words;

    /// <summary>One bit.</summary>
    public bool this[int index]
    {
        get => (_words[index >> 6] >> (index & 63) & 1) != 0;
        set
        {
            ulong bit = 1UL << (index & 63);
            if (value)
            {
                _words[index >> 6] |= bit;
            }
            else
            {
                _words[index >> 6] &= ~bit;
            }
        }
    }

    /// <summary>A bitmap of ones.</summary>
    public static Bitmap AllSet(int length)
    {
        var bitmap = new Bitmap(length);
        bitmap.Words.Fill(ulong.MaxValue);
        bitmap.ClearTail();
        return bitmap;
    }

    /// <summary>Number of bits that are 1.</summary>
    public int CountSet()
    {
        int count = 0;
        foreach (ulong word in _words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Keeps the bits that are 1 in both.</summary>
    public void And(Bitmap other)
    {
        for (int word = 0; word < _words.Length; word++)
        {
            _words[word] &= other._words[word];
        }
    }

    /// <summary>Sets the bits that are 1 in either.</summary>
    public void Or(Bitmap other)
    {
        for (int word = 0; word < _words.Length; word++)
        {
            _words[word] |= other._words[word];
        }
    }

    /// <summary>Positions of the ones, ascending: a selection vector.</summary>
    public int[] ToSelection()
    {
        int[] rows = new int[CountSet()];
        int selected = 0;
        for (int word = 0; word < _words.Length; word++)
        {
            for (ulong bits = _words[word]; bits != 0; bits &= bits - 1)
            {
                rows[selected++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return rows;
    }

    private void ClearTail()
    {
        if ((Length & 63) != 0)
        {
            _words[^1] &= (1UL << (Length & 63)) - 1;
        }
    }
}
