using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Counts distinct identifiers of sixteen bytes in several dictionaries: they are parted by their hash, so that each
/// part's set stays in the cache of one core and the parts are counted by all of them.</summary>
/// <remarks>After Manegold, Boncz and Kersten, "Optimizing main-memory join on modern hardware", TKDE 2002 (radix
/// partitioning). One use.</remarks>
internal sealed class DistinctWide
{
    // A set of so many takes half a megabyte.
    private const int PartEntries = 1 << 14;
    private const int MaxParts = 1 << 10;

    // Bits of the hash that say the part; the set uses others.
    private const int PartShift = 32;

    // Entries brought together at a time (64 MiB); with more the dictionaries are walked again.
    private const int MaxRoundEntries = 1 << 22;

    // Words of marks that one thread takes at a time.
    private const int PieceWords = 1 << 10;

    private readonly List<Piece> _pieces = [];
    private readonly ParallelOptions _parallel;
    private readonly int _parts;
    private readonly int _roundEntries;

    // By piece and part: how many entries, later where the next one goes.
    private readonly int[] _places;

    /// <summary>Prepares the count.</summary>
    /// <param name="sources">Dictionaries of sixteen bytes, and which of their entries count.</param>
    /// <param name="workers">Most threads.</param>
    /// <param name="roundEntries">Entries brought together at a time, about.</param>
    public DistinctWide(
        IReadOnlyList<(SharedDictionary Dictionary, Bitmap Marks)> sources, int workers, int roundEntries = MaxRoundEntries)
    {
        _roundEntries = roundEntries;
        long total = 0;
        foreach ((SharedDictionary dictionary, Bitmap marks) in sources)
        {
            total += marks.CountSet();
            for (int word = 0; word < marks.Words.Length; word += PieceWords)
            {
                _pieces.Add(new Piece(dictionary, marks, word, Math.Min(marks.Words.Length, word + PieceWords)));
            }
        }

        _parts = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(total / PartEntries, 1, MaxParts));
        _places = new int[_pieces.Count * _parts];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = total <= PartEntries ? 1 : workers };
    }

    /// <summary>Counts; the empty string is left out.</summary>
    public long Count()
    {
        Parallel.For(0, _pieces.Count, _parallel, piece => Walk(_pieces[piece], PlacesOf(piece), [], 0, _parts));
        long count = 0;
        for (int part = 0; part < _parts;)
        {
            int end = part;
            long entries = 0;
            do
            {
                entries += EntriesOf(end++);
            }
            while (end < _parts && entries + EntriesOf(end) <= _roundEntries);

            count += CountRound(part, end, checked((int)entries));
            part = end;
        }

        return count;
    }

    private long CountRound(int firstPart, int endPart, int entries)
    {
        UInt128[] values = ArrayPool<UInt128>.Shared.Rent(entries);
        int[] ends = new int[endPart - firstPart];
        int next = 0;
        for (int part = firstPart; part < endPart; part++)
        {
            for (int piece = 0; piece < _pieces.Count; piece++)
            {
                ref int place = ref _places[(piece * _parts) + part];
                (place, next) = (next, next + place);
            }

            ends[part - firstPart] = next;
        }

        Parallel.For(0, _pieces.Count, _parallel, piece => Walk(_pieces[piece], PlacesOf(piece), values, firstPart, endPart));
        long count = 0;
        Parallel.For(
            0,
            ends.Length,
            _parallel,
            () => (Set: new WideSet(), Count: 0L),
            (part, _, own) =>
            {
                int start = part == 0 ? 0 : ends[part - 1];
                return (own.Set, own.Count + own.Set.CountDistinct(values.AsSpan(start, ends[part] - start)));
            },
            own => Interlocked.Add(ref count, own.Count));
        ArrayPool<UInt128>.Shared.Return(values);
        return count;
    }

    private Span<int> PlacesOf(int piece) => _places.AsSpan(piece * _parts, _parts);

    private long EntriesOf(int part)
    {
        long entries = 0;
        for (int piece = 0; piece < _pieces.Count; piece++)
        {
            entries += _places[(piece * _parts) + part];
        }

        return entries;
    }

    // Counts the entries of each part, or puts those of some parts into their places.
    private void Walk(Piece piece, Span<int> places, Span<UInt128> values, int firstPart, int endPart)
    {
        ReadOnlySpan<UInt128> entries = MemoryMarshal.Cast<byte, UInt128>(piece.Dictionary.Bytes);
        ReadOnlySpan<ulong> words = piece.Marks.Words;
        for (int word = piece.FirstWord; word < piece.EndWord; word++)
        {
            for (ulong left = words[word]; left != 0; left &= left - 1)
            {
                int code = (word << 6) + BitOperations.TrailingZeroCount(left);
                if (code == piece.Dictionary.EmptyCode)
                {
                    continue; // its bytes mean nothing
                }

                int part = (int)(WideSet.Hash(entries[code]) >> PartShift) & (_parts - 1);
                if (values.IsEmpty)
                {
                    places[part]++;
                }
                else if (part >= firstPart && part < endPart)
                {
                    values[places[part]++] = entries[code];
                }
            }
        }
    }

    private sealed record Piece(SharedDictionary Dictionary, Bitmap Marks, int FirstWord, int EndWord);
}
