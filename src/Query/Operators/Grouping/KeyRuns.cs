using System.Numerics;
using System.Runtime.InteropServices;
using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;
using Vector = Bongsu.Core.Vectors.Vector;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>
/// Finds where keys change from row to row: blocks come sorted by stream and time, so that one look-up often stands for
/// hundreds of rows. One owner.
/// </summary>
internal sealed class KeyRuns
{
    // Below so many rows, or with shorter runs, looking up every row is as quick.
    private const int MinRows = 64;
    private const int MinRowsPerRun = 4;

    private ulong[] _words = [];
    private int[] _starts = [];
    private int[] _lengths = [];
    private int _count;

    /// <summary>The first row of each run, ascending.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, _count);

    /// <summary>The rows of each run.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, _count);

    /// <summary>Finds the runs of equal keys; false where there are too many of them, or keys cannot be compared
    /// cheaply.</summary>
    public bool TryFind(ReadOnlySpan<Vector> keys, int rowCount)
    {
        if (rowCount < MinRows || keys.IsEmpty)
        {
            return false;
        }

        int wordCount = (rowCount + 63) >> 6;
        if (_words.Length < wordCount)
        {
            _words = new ulong[wordCount];
        }

        Span<ulong> words = _words.AsSpan(0, wordCount);
        words.Clear();
        words[0] = 1;
        foreach (Vector key in keys)
        {
            if (!key.IsConstant && (!TryMark(key, words) || Count(words) > rowCount / MinRowsPerRun))
            {
                return false;
            }
        }

        Collect(words, rowCount);
        return true;
    }

    private static bool TryMark(Vector key, Span<ulong> words)
    {
        switch (key)
        {
            case StringVector { IsDictionary: true } text:
                RunStarts.Mark(text.Codes, words);
                return true;
            case FixedVector<long> { HasNulls: false } longs:
                RunStarts.Mark(longs.Values, words);
                return true;
            case FixedVector<double> { HasNulls: false } reals:
                RunStarts.Mark(MemoryMarshal.Cast<double, long>(reals.Values), words);
                return true;
            case FixedVector<int> { HasNulls: false } ints:
                RunStarts.Mark(ints.Values, words);
                return true;
            default:
                return false;
        }
    }

    private static int Count(ReadOnlySpan<ulong> words)
    {
        int count = 0;
        foreach (ulong word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    private void Collect(ReadOnlySpan<ulong> words, int rowCount)
    {
        int count = Count(words);
        if (_starts.Length < count)
        {
            _starts = new int[Math.Max(count, 2 * _starts.Length)];
            _lengths = new int[_starts.Length];
        }

        _count = 0;
        for (int word = 0; word < words.Length; word++)
        {
            for (ulong bits = words[word]; bits != 0; bits &= bits - 1)
            {
                _starts[_count++] = (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        for (int run = 0; run < _count; run++)
        {
            _lengths[run] = (run + 1 < _count ? _starts[run + 1] : rowCount) - _starts[run];
        }
    }
}
