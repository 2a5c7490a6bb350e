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
        int[][] codes = Array.ConvertAll(_chunks, chunk => GC.AllocateUninitializedArray<int>(chunk.RowCount));
        if (!TryIntern(vectors, interner, codes) ||
            ((long)interner.Count * (widthBytes + 1)) + (RowCount * CodeBytes) >= RowCount * widthBytes)
        {
            return null;
        }

        (SharedDictionary dictionary, int[] places) = ByFirstTime(interner, codes);
        for (int chunk = 0; chunk < codes.Length; chunk++)
        {
            foreach (ref int code in codes[chunk].AsSpan())
            {
                code = places[code];
            }
        }

        _columns.Add(column.Name, new HeadColumn(column.Type, [], codes, dictionary, null));
        return dictionary;
    }

    private Vector Collect(Column column, int start, int count, BlockArrays arrays)
    {
        if (!_columns.TryGetValue(column.Name, out HeadColumn? prepared))
        {
            prepared = HeadColumn.Of(column.Type, Array.ConvertAll(_chunks, chunk => chunk.Read(column.Name, column.Type)));
            _columns.Add(column.Name, prepared);
        }

        return prepared.Collect(_order.Sources.AsSpan(start, count), _order.Rows.AsSpan(start, count), arrays);
    }

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

    private bool TryIntern(StringVector?[] vectors, IdentifierInterner interner, int[][] codes)
    {
        long rowCount = 0;
        for (int chunk = 0; chunk < codes.Length; chunk++)
        {
            if (!TryIntern(vectors[chunk], interner, codes[chunk]))
            {
                return false;
            }

            rowCount += codes[chunk].Length;
            if (interner.Count > DictionaryPlace.MaxEntries || (rowCount > ProbeRows && interner.Count > rowCount * 7 / 8))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryIntern(StringVector? vector, IdentifierInterner interner, int[] codes)
    {
        if (vector is null || vector.IsConstant)
        {
            int code = vector is null ? interner.InternEmpty() : interner.Intern(vector.Values[0]);
            codes.AsSpan().Fill(code);
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
    private (SharedDictionary Dictionary, int[] Places) ByFirstTime(IdentifierInterner interner, int[][] codes)
    {
        long[] firstTicks = new long[interner.Count];
        Array.Fill(firstTicks, long.MaxValue);
        FixedVector<long>[] times = Array.ConvertAll(
            _chunks, chunk => (FixedVector<long>)chunk.Read(SystemColumns.Timestamp, ScalarType.DateTime));
        for (int index = 0; index < _order.Count; index++)
        {
            int source = _order.Sources[index];
            int row = _order.Rows[index];
            ref long first = ref firstTicks[codes[source][row]];
            first = Math.Min(first, times[source][row]);
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
