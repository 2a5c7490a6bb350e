using System.Text;
using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;
using Bongsu.Store.Head;

namespace Bongsu.Store.Parts;

/// <summary>Reads the shared dictionaries of a part and what follows from them. Any number of threads.</summary>
/// <remarks>An entry is looked for by the filters first, then in the chunks they leave: the whole dictionary need not be
/// read for it.</remarks>
internal sealed class PartDictionaries
{
    private readonly Part _part;
    private readonly DecodedCache _cache;
    private LastCodes? _lastCodes;
    private LastFound? _lastFound;

    public PartDictionaries(Part part, DecodedCache cache)
    {
        _part = part;
        _cache = cache;
    }

    /// <summary>A column's dictionary.</summary>
    public SharedDictionary DictionaryOf(PartColumn column) => _cache.Get(_part, column.Column.Name, DecodedKind.Dictionary, () =>
    {
        SharedDictionary dictionary = ReadDictionary(column);
        return (dictionary, (long)dictionary.Bytes.Length);
    });

    /// <summary>Codes of a block, at the front of an array. Those read last are kept, since columns that follow from
    /// them are read next.</summary>
    /// <param name="column">A column with a shared dictionary.</param>
    /// <param name="block">Which block.</param>
    /// <param name="arrays">Lends the memory; null = new arrays.</param>
    /// <param name="wanted">The rows that are needed, others have any entry; null = all.</param>
    public int[] CodesOf(PartColumn column, int block, BlockArrays? arrays = null, RowGroups? wanted = null)
    {
        if (arrays?.FindCodes(column, wanted) is { } kept)
        {
            return kept;
        }

        if (arrays is null && _lastCodes is { } last && last.Column == column && last.Block == block)
        {
            return last.Codes;
        }

        PartChunk chunk = column.Chunks[block];
        int rowCount = _part.Footer.Blocks[block].RowCount;
        int[] codes = _part.WithBytes(
            column,
            block,
            chunk.OffsetBytes,
            chunk.SizeBytes,
            chunk.Checksum,
            bytes => SharedCodes.Decode(bytes, rowCount, column.Dictionary!.Count, arrays, wanted));
        if (arrays is null && wanted is null)
        {
            _lastCodes = new LastCodes(column, block, codes);
        }
        else
        {
            arrays?.KeepCodes(column, codes, wanted);
        }

        return codes;
    }

    /// <summary>The values of a block that follow from another column.</summary>
    public Vector ReadReference(PartColumn column, int block, BlockArrays? arrays)
    {
        int rowCount = _part.Footer.Blocks[block].RowCount;
        PartChunk chunk = column.Chunks[block];
        Vector map = MapOf(column);
        int[] codes = CodesOf(_part.Footer.Find(column.Reference!.Column)!, block, arrays);
        return _part.WithBytes(
            column,
            block,
            chunk.OffsetBytes,
            chunk.SizeBytes,
            chunk.Checksum,
            bytes => ReferenceChunk.Decode(bytes, map, codes.AsSpan(0, rowCount), arrays));
    }

    /// <summary>Some rows' values of a block that follow from another column.</summary>
    public Vector ReadReference(PartColumn column, int block, int[] rows, BlockArrays? arrays)
    {
        PartChunk chunk = column.Chunks[block];
        int rowCount = _part.Footer.Blocks[block].RowCount;
        Vector map = MapOf(column);
        int[] codes = CodesOf(_part.Footer.Find(column.Reference!.Column)!, block, arrays, RowGroups.Of(rows, rowCount));
        return _part.WithBytes(
            column,
            block,
            chunk.OffsetBytes,
            chunk.SizeBytes,
            chunk.Checksum,
            bytes => ReferenceChunk.DecodeRows(bytes, map, codes.AsSpan(0, rowCount), rows));
    }

    /// <summary>What zones say of a block's codes; null where it has none.</summary>
    public CodeZones? ZonesOf(PartColumn column, int block)
    {
        PartChunk chunk = column.Chunks[block];
        return chunk.FilterBytes == 0 ? null : _part.WithBytes(
            column,
            block,
            chunk.OffsetBytes + chunk.SizeBytes,
            chunk.FilterBytes,
            chunk.FilterChecksum,
            bytes => CodeZones.Read(bytes, _part.Footer.Blocks[block].RowCount));
    }

    /// <summary>The code of a text that is not empty; -1 where no row of the part is it.</summary>
    public int CodeOf(PartColumn column, ReadOnlySpan<byte> text)
    {
        DictionaryPlace place = column.Dictionary!;
        if (_lastFound is { } last && last.Column == column && text.SequenceEqual(last.Text))
        {
            return last.Code;
        }

        byte[] binary = new byte[place.WidthBytes];
        int code = IdentifierText.TryParse(place.Form, text, binary) ? Find(column, binary) : -1;
        _lastFound = new LastFound(column, text.ToArray(), code);
        return code;
    }

    /// <summary>The one identifier that can contain a text, in any case: they have one length, so only one can contain a
    /// text as long.</summary>
    /// <param name="column">A column with a shared dictionary.</param>
    /// <param name="text">The text.</param>
    /// <param name="code">Its code; -1 where no row of the part is it.</param>
    /// <returns>False where any identifier might contain it.</returns>
    public bool TryFindContaining(PartColumn column, ReadOnlySpan<byte> text, out int code)
    {
        code = -1;
        DictionaryPlace place = column.Dictionary!;
        int length = IdentifierText.MaxLength(place.Form, place.WidthBytes);
        if (!IdentifierText.IsOneLength(place.Form) || text.Length < length || !Ascii.IsValid(text))
        {
            return false;
        }

        Span<byte> folded = stackalloc byte[IdentifierText.MaxTextBytes];
        if (text.Length == length && Ascii.ToLower(text, folded, out int written) == System.Buffers.OperationStatus.Done)
        {
            code = CodeOf(column, folded[..written]);
        }

        return true;
    }

    /// <summary>Reads everything.</summary>
    public void Check(PartColumn column)
    {
        if (column.Dictionary is not null)
        {
            _ = ReadDictionary(column);
            _ = ReadFilters(column);
        }

        if (column.Reference is not null)
        {
            _ = ReadMap(column);
        }
    }

    private int Find(PartColumn column, byte[] binary)
    {
        DictionaryPlace place = column.Dictionary!;
        byte[] filters = _cache.Get(_part, column.Column.Name, DecodedKind.Filters, () =>
        {
            byte[] read = ReadFilters(column);
            return (read, (long)read.Length);
        });
        for (int chunk = 0; chunk < place.ChunkCount; chunk++)
        {
            if (!IdentifierFilter.MayHave(filters, place.Count, chunk, binary))
            {
                continue;
            }

            int first = chunk * DictionaryPlace.ChunkEntries;
            byte[] bytes = new byte[place.EntriesOf(chunk) * place.WidthBytes];
            ReadEntries(column, chunk, bytes);
            int emptyCode = place.EmptyCode - first;
            int count = place.EntriesOf(chunk);
            int found = new SharedDictionary(
                place.Form, place.WidthBytes, bytes, count, emptyCode >= 0 && emptyCode < count ? emptyCode : -1).FindBinary(binary);
            if (found >= 0)
            {
                return first + found;
            }
        }

        return -1;
    }

    private SharedDictionary ReadDictionary(PartColumn column)
    {
        DictionaryPlace place = column.Dictionary!;
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked(place.Count * place.WidthBytes));
        for (int chunk = 0; chunk < place.ChunkCount; chunk++)
        {
            int first = chunk * DictionaryPlace.ChunkEntries * place.WidthBytes;
            ReadEntries(column, chunk, bytes.AsSpan(first, place.EntriesOf(chunk) * place.WidthBytes));
        }

        return new SharedDictionary(place.Form, place.WidthBytes, bytes, place.Count, place.EmptyCode, binary => Find(column, binary));
    }

    private void ReadEntries(PartColumn column, int chunk, Span<byte> bytes)
    {
        DictionaryPlace place = column.Dictionary!;
        long offset = place.OffsetBytes + ((long)chunk * DictionaryPlace.ChunkEntries * place.WidthBytes);
        _part.ReadExactly(column, $"dictionary chunk {chunk}", offset, bytes, place.Checksums[chunk]);
    }

    private byte[] ReadFilters(PartColumn column)
    {
        DictionaryPlace place = column.Dictionary!;
        byte[] filters = new byte[place.FilterBytes];
        _part.ReadExactly(column, "dictionary filters", place.FilterOffsetBytes, filters, place.FilterChecksum);
        return filters;
    }

    /// <summary>The value that follows from each entry of the other column's dictionary.</summary>
    public Vector MapOf(PartColumn column) => _cache.Get(_part, column.Column.Name, DecodedKind.References, () =>
    {
        Vector map = ReadMap(column);
        return (map, BatchSize.Of(map));
    });

    private Vector ReadMap(PartColumn column)
    {
        ReferencePlace place = column.Reference!;
        byte[] bytes = new byte[place.SizeBytes];
        _part.ReadExactly(column, "references", place.OffsetBytes, bytes, place.Checksum);
        return VectorDecoder.Decode(bytes, column.Column.Type, _part.Footer.Find(place.Column)!.Dictionary!.Count);
    }

    private sealed record LastCodes(PartColumn Column, int Block, int[] Codes);

    private sealed record LastFound(PartColumn Column, byte[] Text, int Code);
}
