using System.Buffers.Binary;
using Bongsu.Core.Compression;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Files;
using Bongsu.Store.Terms;

namespace Bongsu.Store.Parts;

/// <summary>Writes one part: any number of columns side by side, each block by block. One owner.</summary>
internal sealed class PartWriter : IDisposable
{
    private const int FlushBytes = 1 << 20;

    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly IStorageFile _file;
    private readonly EncodingEffort _effort;
    private readonly ByteWriter _buffer = new();
    private readonly TermFilterBuilder _filters = new();
    private readonly Dictionary<string, OpenColumn> _columns = new(StringComparer.Ordinal);
    private readonly List<PartBlockRange> _blocks = [];
    private long _flushedBytes;

    public PartWriter(IFileSystem files, string path, EncodingEffort effort)
    {
        _files = files;
        _path = path;
        _effort = effort;
        _file = files.Open(path, StorageFileMode.Create);
        _buffer.WriteUInt64(PartFooter.Magic);
        _buffer.WriteUInt64(0);
    }

    private long Position => _flushedBytes + _buffer.Length;

    /// <summary>Begins a column; its chunks follow block by block. The timestamp column must be among them.</summary>
    public void Begin(Column column) => _columns.Add(column.Name, new OpenColumn(column));

    /// <summary>Adds a block of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="vector">Its values.</param>
    /// <param name="siblings">Other columns of the same rows that its encoding may refer to.</param>
    public void AddChunk(Column column, Vector vector, IReadOnlyList<SiblingColumn> siblings)
    {
        PartChunk chunk = AddChunk(vector, siblings);
        _columns[column.Name].Chunks.Add(chunk);
        if (column.Name == SystemColumns.Timestamp)
        {
            _blocks.Add(new PartBlockRange(vector.Length, chunk.Min, chunk.Max));
        }
    }

    /// <summary>Adds a block of a column with a shared dictionary.</summary>
    public void AddCodes(Column column, StringVector vector)
    {
        long offsetBytes = Position;
        int start = _buffer.Length;
        ReadOnlySpan<int> codes = vector.SharedCodes;
        SharedCodes.Encode(codes, _buffer);
        int sizeBytes = _buffer.Length - start;
        uint checksum = Crc32C.Compute(_buffer.Written[start..]);
        SharedCodes.EncodeZones(codes, vector.Shared!.EmptyCode, _buffer);
        _columns[column.Name].Chunks.Add(Finish(vector, BlockEncoding.SharedDictionary, offsetBytes, start, sizeBytes, checksum));
    }

    /// <summary>Adds a block of a column that follows from another: the rows that do not.</summary>
    public void AddReference(Column column, Vector values, ReadOnlySpan<int> exceptions)
    {
        long offsetBytes = Position;
        int start = _buffer.Length;
        ReferenceChunk.Encode(values, exceptions, _buffer);
        int sizeBytes = _buffer.Length - start;
        uint checksum = Crc32C.Compute(_buffer.Written[start..]);
        _columns[column.Name].Chunks.Add(Finish(values, BlockEncoding.Reference, offsetBytes, start, sizeBytes, checksum));
    }

    /// <summary>Ends a column with a shared dictionary.</summary>
    public void EndShared(Column column, SharedDictionary dictionary)
    {
        var checksums = new uint[(dictionary.Count + DictionaryPlace.ChunkEntries - 1) / DictionaryPlace.ChunkEntries];
        long offsetBytes = Position;
        int chunkBytes = DictionaryPlace.ChunkEntries * dictionary.WidthBytes;
        for (int chunk = 0; chunk < checksums.Length; chunk++)
        {
            ReadOnlySpan<byte> entries = dictionary.Bytes[(chunk * chunkBytes)..];
            entries = entries[..Math.Min(chunkBytes, entries.Length)];
            checksums[chunk] = Crc32C.Compute(entries);
            _buffer.WriteBytes(entries);
            FlushIfFull();
        }

        byte[] filters = IdentifierFilter.Build(dictionary);
        _buffer.WriteBytes(filters);
        FlushIfFull();
        _columns[column.Name].Dictionary = new DictionaryPlace(
            dictionary.Form, dictionary.WidthBytes, dictionary.Count, dictionary.EmptyCode, offsetBytes, checksums, Crc32C.Compute(filters));
    }

    /// <summary>Ends a column that follows from the shared dictionary of another.</summary>
    /// <param name="column">The column.</param>
    /// <param name="determinant">The other one.</param>
    /// <param name="map">The value of each entry of the dictionary.</param>
    public void EndReference(Column column, string determinant, Vector map)
    {
        long offsetBytes = Position;
        int start = _buffer.Length;
        BlockEncoding encoding = VectorEncoder.Encode(map, _effort, _buffer);
        _columns[column.Name].Reference = new ReferencePlace(
            determinant, offsetBytes, _buffer.Length - start, Crc32C.Compute(_buffer.Written[start..]), encoding);
        FlushIfFull();
    }

    /// <summary>Writes the footer and makes all durable but the file's name; returns the file's size.</summary>
    public long Finish(out PartFooter footer)
    {
        List<PartChunk> ingested = _columns[SystemColumns.IngestionTime].Chunks;
        PartColumn[] columns = [.. _columns.Values.Where(column => column.Chunks.Exists(chunk => chunk.SizeBytes > 0)).Select(column =>
            new PartColumn(column.Column, [.. column.Chunks]) { Dictionary = column.Dictionary, Reference = column.Reference })];
        footer = new PartFooter(
            [.. _blocks], columns, ingested.Min(chunk => chunk.Min), ingested.Max(chunk => chunk.Max));
        var plain = new ByteWriter();
        footer.Encode(plain);
        long footerOffset = Position;
        int start = _buffer.Length;
        CompressedBytes.Write(plain.Written, CompressedBytes.FastLevel, _buffer);
        ReadOnlySpan<byte> stored = _buffer.Written[start..];
        int storedBytes = stored.Length;
        uint checksum = Crc32C.Compute(stored);
        Span<byte> trailer = stackalloc byte[PartFooter.TrailerBytes];
        BinaryPrimitives.WriteInt64LittleEndian(trailer, footerOffset);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[8..], storedBytes);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[12..], plain.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[16..], checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[20..], Crc32C.Compute(trailer[..20]));
        BinaryPrimitives.WriteUInt64LittleEndian(trailer[24..], PartFooter.Magic);
        _buffer.WriteBytes(trailer);
        Flush();
        _file.Sync();
        return _flushedBytes;
    }

    /// <summary>Removes what was written.</summary>
    public void Abandon()
    {
        _file.Dispose();
        _files.DeleteFile(_path);
    }

    public void Dispose() => _file.Dispose();

    private PartChunk AddChunk(Vector vector, IReadOnlyList<SiblingColumn> siblings)
    {
        long offsetBytes = Position;
        int start = _buffer.Length;
        BlockEncoding encoding = VectorEncoder.Encode(vector, _effort, _buffer, siblings);
        if (encoding == BlockEncoding.AllNull)
        {
            _buffer.Truncate(start);
            return new PartChunk { OffsetBytes = offsetBytes, Encoding = encoding, Flags = PartChunkFlags.HasNulls };
        }

        int sizeBytes = _buffer.Length - start;
        int directoryStart = encoding == BlockEncoding.Template ? (int)VectorDecoder.DirectoryStart(_buffer.Written[start..]) : sizeBytes;
        uint checksum = Crc32C.Compute(_buffer.Written.Slice(start, directoryStart));
        uint directoryChecksum = directoryStart < sizeBytes ? Crc32C.Compute(_buffer.Written[(start + directoryStart)..]) : 0;
        if (vector is StringVector strings && encoding is not (BlockEncoding.Constant or BlockEncoding.Dictionary))
        {
            _filters.Build(strings, _buffer);
        }

        return Finish(vector, encoding, offsetBytes, start, sizeBytes, checksum) with
        {
            DirectoryBytes = sizeBytes - directoryStart,
            DirectoryChecksum = directoryChecksum,
        };
    }

    // What was written after the values is their filter.
    private PartChunk Finish(Vector vector, BlockEncoding encoding, long offsetBytes, int start, int sizeBytes, uint checksum)
    {
        int filterBytes = _buffer.Length - start - sizeBytes;
        uint filterChecksum = filterBytes > 0 ? Crc32C.Compute(_buffer.Written[(start + sizeBytes)..]) : 0;
        (PartChunkFlags flags, long min, long max) = ChunkSummary.Of(vector);
        FlushIfFull();
        return new PartChunk
        {
            OffsetBytes = offsetBytes,
            SizeBytes = sizeBytes,
            Checksum = checksum,
            Encoding = encoding,
            Flags = flags,
            Min = min,
            Max = max,
            PlainBytes = ChunkSummary.PlainBytes(vector),
            FilterBytes = filterBytes,
            FilterChecksum = filterChecksum,
        };
    }

    private void FlushIfFull()
    {
        if (_buffer.Length >= FlushBytes)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _file.Write([_buffer.WrittenMemory], _flushedBytes);
        _flushedBytes += _buffer.Length;
        _buffer.Clear();
    }
}
