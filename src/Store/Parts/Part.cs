using System.Buffers.Binary;
using Bongsu.Core.Compression;
using Bongsu.Core.Encodings;
using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Files;
using Bongsu.Store.Terms;

namespace Bongsu.Store.Parts;

/// <summary>An immutable file of rows, sorted by stream and time. Thread-safe.</summary>
/// <remarks>
/// The file stays open while a snapshot refers to the part, also after it was deleted; the handle closes when nobody
/// does.
/// </remarks>
internal sealed class Part
{
    // Of one row in so many, or fewer, each is decoded by itself.
    private const int FewShare = 8;

    private readonly IStorageFile _file;
    private readonly DecodedCache _cache;
    private int _isSetAside;

    private Part(long number, IStorageFile file, PartFooter footer, long sizeBytes, DecodedCache cache)
    {
        Dictionaries = new PartDictionaries(this, cache);
        _cache = cache;
        Number = number;
        _file = file;
        Footer = footer;
        SizeBytes = sizeBytes;
        var blocks = new PartBlock[footer.Blocks.Length];
        MinTicks = long.MaxValue;
        MaxTicks = long.MinValue;
        for (int block = 0; block < blocks.Length; block++)
        {
            blocks[block] = new PartBlock(this, block);
            RowCount += blocks[block].RowCount;
            MinTicks = Math.Min(MinTicks, blocks[block].MinTicks);
            MaxTicks = Math.Max(MaxTicks, blocks[block].MaxTicks);
        }

        Blocks = blocks;
    }

    /// <summary>Its number in the table.</summary>
    public long Number { get; }

    public PartFooter Footer { get; }

    public long SizeBytes { get; }

    public long RowCount { get; }

    public long MinTicks { get; }

    public long MaxTicks { get; }

    public string Path => _file.Path;

    public IReadOnlyList<PartBlock> Blocks { get; }

    public IStorageFile File => _file;

    public PartDictionaries Dictionaries { get; }

    /// <summary>True once it was found damaged.</summary>
    public bool IsSetAside => Volatile.Read(ref _isSetAside) != 0;

    /// <summary>Takes the part out of its table when it is damaged; set by the table.</summary>
    public Action<Part, CorruptDataException>? Damaged { get; set; }

    /// <exception cref="CorruptDataException">The file is not a whole part.</exception>
    public static Part Open(IFileSystem files, string path, long number, DecodedCache cache)
    {
        IStorageFile file = files.Open(path, StorageFileMode.Read);
        try
        {
            long sizeBytes = file.Length;
            PartFooter footer = ReadFooter(file, sizeBytes);
            footer.CheckPlaces(path, sizeBytes);
            return new Part(number, file, footer, sizeBytes, cache);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The stored values of a column in a block; null where the part does not have it.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="block">Which block.</param>
    /// <param name="readBytes">Bytes read from the file.</param>
    /// <param name="arrays">Lends the memory; null = new arrays.</param>
    /// <param name="siblings">Gives the values of the block's other columns; where it gives null they are read.</param>
    /// <param name="wanted">The rows that are needed; null = all.</param>
    public Vector? Read(
        string column,
        int block,
        out int readBytes,
        BlockArrays? arrays = null,
        SiblingReader? siblings = null,
        RowGroups? wanted = null)
    {
        readBytes = 0;
        if (Footer.Find(column) is not { } found || found.Chunks[block].SizeBytes == 0)
        {
            return null;
        }

        PartChunk chunk = found.Chunks[block];
        readBytes = chunk.SizeBytes;
        ScalarType type = found.Column.Type;
        int rowCount = Footer.Blocks[block].RowCount;
        if (chunk.Encoding == BlockEncoding.SharedDictionary)
        {
            return new StringVector(Dictionaries.DictionaryOf(found), Dictionaries.CodesOf(found, block, arrays, wanted), rowCount);
        }

        if (chunk.Encoding == BlockEncoding.Reference)
        {
            return Dictionaries.ReadReference(found, block, arrays);
        }

        if (chunk.Encoding == BlockEncoding.Template)
        {
            return new StringVector(ReadTemplates(found, block, siblings));
        }

        return WithBytes(
            found,
            block,
            chunk.OffsetBytes,
            chunk.SizeBytes,
            chunk.Checksum,
            bytes => VectorDecoder.Decode(bytes, type, rowCount, sibling: null, arrays, wanted));
    }

    // The variables are read from the file when one is asked for.
    private TemplateText ReadTemplates(PartColumn column, int block, SiblingReader? siblings)
    {
        PartChunk chunk = column.Chunks[block];
        int slotsEnd = chunk.SizeBytes - chunk.DirectoryBytes;
        var slots = new SlotBytes((start, length, checksum) => ReadSlots(column, block, start, length, checksum));
        SiblingReader sibling = new SiblingReads(this, block, siblings).Read;
        TemplateDirectory directory = DirectoryOf(column, block);
        return WithBytes(
            column,
            block,
            chunk.OffsetBytes + slotsEnd,
            chunk.DirectoryBytes,
            chunk.DirectoryChecksum,
            bytes => VectorDecoder.DecodeTemplates(
                bytes,
                directory,
                Footer.Blocks[block].RowCount,
                slots,
                sibling,
                utf8 => FilterOf(column, block)?.MayVariablesContain(utf8) ?? true));
    }

    private byte[] ReadSlots(PartColumn column, int block, int start, int? length, uint checksum)
    {
        PartChunk chunk = column.Chunks[block];
        long slotsOffset = chunk.OffsetBytes + VectorDecoder.TemplateHeadBytes;
        try
        {
            return length is { } some
                ? WithBytes(column, block, slotsOffset + start, some, checksum, static bytes => bytes.ToArray())
                : WithBytes(column, block, chunk.OffsetBytes, chunk.SizeBytes - chunk.DirectoryBytes, chunk.Checksum, SlotsOf);
        }
        catch (CorruptDataException exception)
        {
            // The scan that asks may be past the point where it could go on without the part.
            TrySetAside(exception);
            throw;
        }
    }

    private static byte[] SlotsOf(ReadOnlySpan<byte> bytes) => VectorDecoder.DirectoryStart(bytes) == bytes.Length
        ? bytes[VectorDecoder.TemplateHeadBytes..].ToArray()
        : throw new CorruptDataException($"{VectorDecoder.DirectoryStart(bytes)} bytes before the directory, expected {bytes.Length}");

    /// <summary>Some rows of a column that follows from another; null where it does not.</summary>
    public Vector? ReadReferences(string column, int block, ReadOnlySpan<int> rows, out int readBytes, BlockArrays? arrays)
    {
        readBytes = 0;
        if (Footer.Find(column) is not { } found || found.Chunks[block] is not { SizeBytes: > 0, Encoding: BlockEncoding.Reference } chunk)
        {
            return null;
        }

        readBytes = chunk.SizeBytes;
        return Dictionaries.ReadReference(found, block, rows.ToArray(), arrays);
    }

    /// <summary>Few rows of a column, without decoding the others; null where that cannot be had.</summary>
    public Vector? ReadFew(string column, int block, ReadOnlySpan<int> rows, out int readBytes)
    {
        readBytes = 0;
        int rowCount = Footer.Blocks[block].RowCount;
        if (rows.Length > rowCount / FewShare || Footer.Find(column) is not { } found || !CanPick(found.Chunks[block]))
        {
            return null;
        }

        int[] picked = rows.ToArray();
        PartChunk chunk = found.Chunks[block];
        readBytes = chunk.SizeBytes;
        return WithBytes(
            found,
            block,
            chunk.OffsetBytes,
            chunk.SizeBytes,
            chunk.Checksum,
            bytes => VectorDecoder.TryDecodeRows(bytes, found.Column.Type, rowCount, picked));
    }

    /// <summary>Clears the bits of rows whose value is not kept; where the column had to be decoded it is given
    /// instead.</summary>
    public Vector? Select(PartColumn column, int block, Func<Vector, bool[]> keeps, Bitmap selection, BlockArrays? arrays)
    {
        PartChunk chunk = column.Chunks[block];
        ScalarType type = column.Column.Type;
        return WithBytes(
            column,
            block,
            chunk.OffsetBytes,
            chunk.SizeBytes,
            chunk.Checksum,
            bytes => VectorDecoder.TrySelect(bytes, type, keeps, selection)
                ? null
                : VectorDecoder.Decode(bytes, type, selection.Length, sibling: null, arrays));
    }

    /// <summary>How many rows of a block are kept; null where its templates do not tell.</summary>
    public int? CountByTemplates(PartColumn column, int block, Func<Vector, bool[]> keeps)
    {
        TemplateDirectory directory = DirectoryOf(column, block);
        var sample = new TemplateSample(directory, utf8 => FilterOf(column, block)?.MayVariablesContain(utf8) ?? true);
        bool[] kept = keeps(sample.Rows);
        return sample.IsSpoilt ? null : Enumerable.Range(0, kept.Length).Sum(template => kept[template] ? directory.RowCounts[template] : 0);
    }

    private TemplateDirectory DirectoryOf(PartColumn column, int block) => _cache.Get(this, column.Column.Name, DecodedKind.Templates, () =>
    {
        TemplateDirectory read = ReadDirectory(column, block);
        return (read, read.SizeBytes);
    }, block);

    private TemplateDirectory ReadDirectory(PartColumn column, int block)
    {
        PartChunk chunk = column.Chunks[block];
        int slotsEnd = chunk.SizeBytes - chunk.DirectoryBytes;
        return WithBytes(
            column,
            block,
            chunk.OffsetBytes + slotsEnd,
            chunk.DirectoryBytes,
            chunk.DirectoryChecksum,
            bytes => VectorDecoder.ReadDirectory(bytes, Footer.Blocks[block].RowCount, slotsEnd - VectorDecoder.TemplateHeadBytes));
    }

    /// <summary>Whether a chunk lists its values.</summary>
    public static bool ListsValues(PartChunk chunk) =>
        chunk.SizeBytes > 0 && chunk.Encoding is BlockEncoding.Dictionary or BlockEncoding.IntegerDictionary;

    /// <summary>The distinct strings of a chunk, or null where its encoding does not list them.</summary>
    public Utf8Values? ReadDictionary(PartColumn column, int block)
    {
        PartChunk chunk = column.Chunks[block];
        int rowCount = Footer.Blocks[block].RowCount;
        if (chunk.Encoding is not (BlockEncoding.Dictionary or BlockEncoding.Constant) || column.Column.Type != ScalarType.String)
        {
            return null;
        }

        return _cache.Get(this, column.Column.Name, DecodedKind.Values, () =>
        {
            Utf8Values? values = WithBytes(
                column,
                block,
                chunk.OffsetBytes,
                chunk.SizeBytes,
                chunk.Checksum,
                bytes => VectorDecoder.DecodeDictionary(bytes, rowCount));
            return (new BlockValues(values), values is null ? 0 : values.Bytes.Length + (sizeof(int) * (long)values.Offsets.Length));
        }, block).Values;
    }

    /// <summary>The term filter of a chunk, kept for the next query; null where it has none.</summary>
    public TermFilter? FilterOf(PartColumn column, int block) =>
        column.Chunks[block].FilterBytes == 0 || column.Chunks[block].Encoding == BlockEncoding.SharedDictionary
            ? null
            : _cache.Get(this, column.Column.Name, DecodedKind.TermFilter, () =>
            {
                TermFilter filter = ReadFilter(column, block)!;
                return (filter, filter.SizeBytes);
            }, block);

    /// <summary>The term filter of a chunk, or null where it has none.</summary>
    public TermFilter? ReadFilter(PartColumn column, int block)
    {
        PartChunk chunk = column.Chunks[block];
        return chunk.FilterBytes == 0 || chunk.Encoding == BlockEncoding.SharedDictionary
            ? null
            : WithBytes(
                column,
                block,
                chunk.OffsetBytes + chunk.SizeBytes,
                chunk.FilterBytes,
                chunk.FilterChecksum,
                static bytes => TermFilter.Read(bytes));
    }

    /// <summary>Reads and decodes everything.</summary>
    /// <exception cref="CorruptDataException">Something is damaged.</exception>
    public void Check()
    {
        foreach (PartColumn column in Footer.Columns)
        {
            Dictionaries.Check(column);
            for (int block = 0; block < Blocks.Count; block++)
            {
                (Read(column.Column.Name, block, out _) as StringVector)?.Templates?.Open();
                _ = ReadFilter(column, block);
            }
        }
    }

    public bool TrySetAside(CorruptDataException exception)
    {
        if (Interlocked.Exchange(ref _isSetAside, 1) == 0)
        {
            Damaged?.Invoke(this, exception);
        }

        return true;
    }

    public void Close() => _file.Dispose();

    /// <summary>Reads bytes of a column that belong to no block.</summary>
    public void ReadExactly(PartColumn column, string what, long offsetBytes, Span<byte> bytes, uint checksum)
    {
        string place = $"part {Path}: column \"{column.Column.Name}\" {what}";
        int read = _file.Read(bytes, offsetBytes);
        if (read != bytes.Length)
        {
            throw new CorruptDataException($"{place}: {read} bytes at {offsetBytes}, expected {bytes.Length}");
        }

        uint found = Crc32C.Compute(bytes);
        if (found != checksum)
        {
            throw new CorruptDataException($"{place}: checksum 0x{found:x8} at {offsetBytes}, expected 0x{checksum:x8}");
        }
    }

    internal delegate T Decoder<T>(ReadOnlySpan<byte> bytes);

    internal T WithBytes<T>(PartColumn column, int block, long offsetBytes, int sizeBytes, uint checksum, Decoder<T> decode)
    {
        byte[] rented = SharedArrays.Rent<byte>(sizeBytes);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, sizeBytes);
            int read = _file.Read(bytes, offsetBytes);
            if (read != sizeBytes)
            {
                throw new CorruptDataException($"{Place(column, block)}: {read} bytes at {offsetBytes}, expected {sizeBytes}");
            }

            uint found = Crc32C.Compute(bytes);
            if (found != checksum)
            {
                throw new CorruptDataException($"{Place(column, block)}: checksum 0x{found:x8} at {offsetBytes}, expected 0x{checksum:x8}");
            }

            return decode(bytes);
        }
        catch (CorruptDataException exception) when (!exception.Message.StartsWith("part ", StringComparison.Ordinal))
        {
            throw new CorruptDataException($"{Place(column, block)}: {exception.Message}", exception);
        }
        finally
        {
            SharedArrays.Return(rented);
        }
    }

    // Null where some rows have none.
    private sealed record BlockValues(Utf8Values? Values);

    private static bool CanPick(PartChunk chunk) => chunk.SizeBytes > 0 && chunk.Encoding is
        BlockEncoding.FrameOfReference or BlockEncoding.Delta or BlockEncoding.IntegerDictionary or BlockEncoding.Dictionary;

    private string Place(PartColumn column, int block) => $"part {Path}: column \"{column.Column.Name}\" block {block}";

    private static PartFooter ReadFooter(IStorageFile file, long fileBytes)
    {
        byte[] trailer = new byte[PartFooter.TrailerBytes];
        long trailerOffset = fileBytes - trailer.Length;
        if (trailerOffset < PartFooter.HeaderBytes || file.Read(trailer, trailerOffset) != trailer.Length)
        {
            throw new CorruptDataException($"part {file.Path}: {fileBytes} bytes, too short for a part");
        }

        long footerOffset = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        int storedBytes = BinaryPrimitives.ReadInt32LittleEndian(trailer.AsSpan(8));
        int plainBytes = BinaryPrimitives.ReadInt32LittleEndian(trailer.AsSpan(12));
        if (BinaryPrimitives.ReadUInt64LittleEndian(trailer.AsSpan(24)) != PartFooter.Magic ||
            BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(20)) != Crc32C.Compute(trailer.AsSpan(0, 20)) ||
            footerOffset + storedBytes != trailerOffset || plainBytes is < 0 or > PartFooter.MaxFooterBytes)
        {
            throw new CorruptDataException($"part {file.Path}: the trailer at {trailerOffset} is damaged");
        }

        byte[] stored = new byte[storedBytes];
        int read = file.Read(stored, footerOffset);
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(16));
        uint found = Crc32C.Compute(stored);
        if (read != storedBytes || found != expected)
        {
            throw new CorruptDataException($"part {file.Path}: footer at {footerOffset}: checksum 0x{found:x8}, expected 0x{expected:x8}");
        }

        var reader = new ByteReader(stored);
        return PartFooter.Decode(CompressedBytes.Read(ref reader, plainBytes));
    }
}
