using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Head;

namespace Bongsu.Store.Parts;

/// <summary>Rows of the head in the order of a part.</summary>
internal sealed class HeadRows : PartRows
{
    // Identifiers shorter than this are not worth a dictionary.
    private const int MinWidthBytes = 8;

    // After so many rows identifiers that hardly repeat are given up.
    private const int ProbeRows = 1 << 14;

    // A code takes about two bytes, the filter one for each entry.
    private const int CodeBytes = 2;

    private readonly HeadChunk[] _chunks;
    private readonly RowOrder _order;
    private readonly int[] _places;
    private readonly bool _isWhole;
    private readonly int _blockRows;
    private readonly Dictionary<string, HeadColumn> _columns = new(StringComparer.Ordinal);

    /// <summary>Rows of some chunks.</summary>
    /// <param name="chunks">The head.</param>
    /// <param name="order">Which rows, in which order.</param>
    /// <param name="isWhole">True where those are all rows of the chunks.</param>
    /// <param name="blockRows">Most rows of a block.</param>
    public HeadRows(HeadChunk[] chunks, RowOrder order, bool isWhole, int blockRows)
    {
        _chunks = chunks;
        _order = order;
        _places = PlacesOf(chunks, order);
        _isWhole = isWhole;
        _blockRows = blockRows;
    }

    public override long RowCount => _order.Count;

    public override bool Has(Column column) =>
        SystemColumns.IsReserved(column.Name) || Array.Exists(_chunks, chunk => chunk.Find(column.Name) is not null);

    public override IEnumerable<BlockRows> Blocks()
    {
        for (int start = 0; start < _order.Count; start += _blockRows)
        {
            int first = start;
            int count = Math.Min(_blockRows, _order.Count - start);
            yield return new BlockRows((column, arrays) => Collect(column, first, count, arrays));
        }
    }

    public override string? KnownDeterminant(Column column) => null;

    public override SharedDictionary? TryShare(Column column)
    {
        StringVector?[] vectors = Array.ConvertAll(_chunks, chunk => chunk.Find(column.Name) as StringVector);
        if (!IdentifierText.TryRecognize(FirstText(vectors), out IdentifierForm form, out int widthBytes) ||
            form == IdentifierForm.Ipv4 || widthBytes < MinWidthBytes)
        {
            return null;
        }

        var interner = new IdentifierInterner(form, widthBytes);
        int[] codes = GC.AllocateUninitializedArray<int>(_chunks.Sum(chunk => chunk.RowCount));
        if (!TryIntern(vectors, interner, codes) ||
            ((long)interner.Count * (widthBytes + 1)) + (RowCount * CodeBytes) >= RowCount * widthBytes)
        {
            return null;
        }

        (SharedDictionary dictionary, int[] places) = ByFirstTime(interner, codes);
        foreach (ref int code in codes.AsSpan())
        {
            code = places[code];
        }

        _columns.Add(column.Name, new HeadColumn(column.Type, [], null, codes, dictionary, null));
        return dictionary;
    }

    private static int[] PlacesOf(HeadChunk[] chunks, RowOrder order)
    {
        int[] firsts = new int[chunks.Length];
        for (int chunk = 1; chunk < firsts.Length; chunk++)
        {
            firsts[chunk] = firsts[chunk - 1] + chunks[chunk - 1].RowCount;
        }

        int[] places = GC.AllocateUninitializedArray<int>(order.Count);
        for (int index = 0; index < places.Length; index++)
        {
            places[index] = firsts[order.Sources[index]] + order.Rows[index];
        }

        return places;
    }

    private HeadColumn Prepared(Column column)
    {
        if (!_columns.TryGetValue(column.Name, out HeadColumn? prepared))
        {
            prepared = HeadColumn.Of(column.Type, Array.ConvertAll(_chunks, chunk => chunk.Read(column.Name, column.Type)));
            _columns.Add(column.Name, prepared);
        }

        return prepared;
    }

    private Vector Collect(Column column, int start, int count, BlockArrays arrays) => Prepared(column).Collect(
        _places.AsSpan(start, count), _order.Sources.AsSpan(start, count), _order.Rows.AsSpan(start, count), arrays);

    private static ReadOnlySpan<byte> FirstText(StringVector?[] vectors)
    {
        foreach (StringVector? vector in vectors)
        {
            if (vector is { Templates: null })
            {
                for (int row = 0; row < vector.Length; row++)
                {
                    if (!vector[row].IsEmpty)
                    {
                        return vector[row];
                    }
                }
            }
        }

        return default;
    }

    private bool TryIntern(StringVector?[] vectors, IdentifierInterner interner, Span<int> codes)
    {
        int rowCount = 0;
        for (int chunk = 0; chunk < vectors.Length; chunk++)
        {
            int chunkRows = _chunks[chunk].RowCount;
            if (!TryIntern(vectors[chunk], interner, codes.Slice(rowCount, chunkRows)))
            {
                return false;
            }

            rowCount += chunkRows;
            if (interner.Count > DictionaryPlace.MaxEntries || (rowCount > ProbeRows && interner.Count > rowCount * 7L / 8))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryIntern(StringVector? vector, IdentifierInterner interner, Span<int> codes)
    {
        if (vector is null || vector.IsConstant)
        {
            int code = vector is null ? interner.InternEmpty() : interner.Intern(vector.Values[0]);
            codes.Fill(code);
            return code >= 0;
        }

        int[]? map = null;
        if (vector.IsDictionary)
        {
            map = new int[vector.Values.Count];
            Array.Fill(map, -1);
        }

        for (int row = 0; row < codes.Length; row++)
        {
            if (map is null)
            {
                codes[row] = interner.Intern(vector[row]);
            }
            else
            {
                ref int known = ref map[vector.Codes[row]];
                codes[row] = known >= 0 ? known : known = interner.Intern(vector[row]);
            }

            if (codes[row] < 0)
            {
                return false;
            }
        }

        return true;
    }

    // Entries in the order of their first time, so that codes rise with time within a stream; by number its place there,
    // -1 for what only rows of other parts have.
    private (SharedDictionary Dictionary, int[] Places) ByFirstTime(IdentifierInterner interner, int[] codes)
    {
        long[] firstTicks = new long[interner.Count];
        Array.Fill(firstTicks, long.MaxValue);
        long[] times = (long[])Prepared(new Column(SystemColumns.Timestamp, ScalarType.DateTime)).Values!;
        foreach (int place in _places)
        {
            ref long first = ref firstTicks[codes[place]];
            first = Math.Min(first, times[place]);
        }

        int[] numbers = new int[firstTicks.Length];
        for (int number = 0; number < numbers.Length; number++)
        {
            numbers[number] = number;
        }

        Array.Sort(firstTicks, numbers);
        int used = _isWhole ? numbers.Length : Array.FindIndex(firstTicks, ticks => ticks == long.MaxValue);
        used = used < 0 ? numbers.Length : used;
        int[] places = new int[numbers.Length];
        Array.Fill(places, -1);
        for (int place = 0; place < used; place++)
        {
            places[numbers[place]] = place;
        }

        return (interner.Build(numbers.AsSpan(0, used)), places);
    }
}
