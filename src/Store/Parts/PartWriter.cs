using System.Buffers.Binary;
using Bongsu.Core.Compression;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Files;
using Bongsu.Store.Terms;

namespace Bongsu.Store.Parts;

/// <summary>Writes one part, column by column, so that only one column of a few blocks is in memory. One
/// owner.</summary>
internal sealed class PartWriter : IDisposable
{
    private const int FlushBytes = 1 << 20;

    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly IStorageFile _file;
    private readonly EncodingEffort _effort;
    private readonly ByteWriter _buffer = new();
    private readonly TermFilterBuilder _filters = new();
    private readonly List<PartColumn> _columns = [];
    private readonly List<PartChunk> _chunks = [];
    private PartBlockRange[] _blocks = [];
    private long _minIngestedTicks;
    private long _maxIngestedTicks;
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

    /// <summary>Adds a column, given block by block; a column without any value takes no room. The timestamp column
    /// must be among them.</summary>
    /// <param name="column">Name and type.</param>
    /// <param name="blocks">Its values, block by block.</param>
    /// <param name="siblings">Columns of the same part that its encoding may refer to.</param>
    public void AddColumn(Column column, IEnumerable<Vector> blocks, IReadOnlyList<ColumnBlocks>? siblings = null)
    {
        using var lockstep = new SiblingBlocks(siblings ?? []);
        _chunks.Clear();
        bool isTime = column.Name == SystemColumns.Timestamp;
        var ranges = new List<PartBlockRange>();
        foreach (Vector vector in blocks)
        {
            PartChunk chunk = AddChunk(vector, lockstep.Next());
            _chunks.Add(chunk);
            if (isTime)
            {
                ranges.Add(new PartBlockRange(vector.Length, chunk.Min, chunk.Max));
            }
        }

        if (isTime)
        {
            _blocks = [.. ranges];
        }
        else if (column.Name == SystemColumns.IngestionTime)
        {
            _minIngestedTicks = _chunks.Min(chunk => chunk.Min);
            _maxIngestedTicks = _chunks.Max(chunk => chunk.Max);
        }

        if (_chunks.Exists(chunk => chunk.SizeBytes > 0))
        {
            _columns.Add(new PartColumn(column, [.. _chunks]));
        }
    }

    /// <summary>Writes the footer and makes all durable but the file's name; returns the file's size.</summary>
    public long Finish(out PartFooter footer)
    {
        footer = new PartFooter(_blocks, _columns, _minIngestedTicks, _maxIngestedTicks);
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
        uint checksum = Crc32C.Compute(_buffer.Written[start..]);
        int filterStart = _buffer.Length;
        if (vector is StringVector strings && encoding is not (BlockEncoding.Constant or BlockEncoding.Dictionary))
        {
            _filters.Build(strings, _buffer);
        }

        int filterBytes = _buffer.Length - filterStart;
        uint filterChecksum = Crc32C.Compute(_buffer.Written[filterStart..]);
        (PartChunkFlags flags, long min, long max) = ChunkSummary.Of(vector);
        if (_buffer.Length >= FlushBytes)
        {
            Flush();
        }

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
            FilterChecksum = filterBytes > 0 ? filterChecksum : 0,
        };
    }

    private void Flush()
    {
        _file.Write([_buffer.WrittenMemory], _flushedBytes);
        _flushedBytes += _buffer.Length;
        _buffer.Clear();
    }
}
