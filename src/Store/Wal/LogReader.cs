using Bongsu.Core.Compression;
using Bongsu.Store.Files;

namespace Bongsu.Store.Wal;

/// <summary>Reads the records of one segment in order, up to the first bytes that are none.</summary>
internal sealed class LogReader : IDisposable
{
    private const int MinBufferBytes = 1 << 20;

    private readonly IStorageFile _file;
    private readonly long _segment;
    private readonly long _fileBytes;
    private byte[] _buffer = new byte[MinBufferBytes];
    private long _bufferOffset;
    private int _bufferedBytes;

    private LogReader(IStorageFile file, long segment, long firstSequence)
    {
        _file = file;
        _segment = segment;
        _fileBytes = file.Length;
        FirstSequence = firstSequence;
        Position = LogFormat.SegmentHeaderBytes;
    }

    public long FirstSequence { get; }

    /// <summary>Where the next record begins.</summary>
    public long Position { get; private set; }

    /// <summary>Null where the file does not begin as this segment (it was never used as such).</summary>
    public static LogReader? TryOpen(IFileSystem files, string path, long segment)
    {
        IStorageFile file = files.Open(path, StorageFileMode.Read);
        byte[] header = new byte[LogFormat.SegmentHeaderBytes];
        if (file.Read(header, 0) == header.Length && LogFormat.TryReadSegmentHeader(header, segment, out long firstSequence))
        {
            return new LogReader(file, segment, firstSequence);
        }

        file.Dispose();
        return null;
    }

    /// <summary>The next record; its body is valid until the next call.</summary>
    public bool TryRead(out LogRecordHeader header, out ReadOnlySpan<byte> body)
    {
        body = default;
        header = default;
        ReadOnlySpan<byte> headerBytes = View(Position, LogFormat.RecordHeaderBytes);
        if (headerBytes.IsEmpty || !LogFormat.TryReadRecordHeader(headerBytes, _segment, out header))
        {
            return false;
        }

        body = View(Position + LogFormat.RecordHeaderBytes, header.BodyBytes);
        if (body.IsEmpty || Crc32C.Compute(body) != header.BodyChecksum)
        {
            return false;
        }

        Position += LogFormat.RecordHeaderBytes + header.BodyBytes;
        return true;
    }

    public void Dispose() => _file.Dispose();

    // Empty where the file ends before.
    private ReadOnlySpan<byte> View(long offsetBytes, int sizeBytes)
    {
        if (offsetBytes + sizeBytes > _fileBytes)
        {
            return default;
        }

        if (offsetBytes < _bufferOffset || offsetBytes + sizeBytes > _bufferOffset + _bufferedBytes)
        {
            if (_buffer.Length < sizeBytes)
            {
                _buffer = new byte[sizeBytes];
            }

            _bufferOffset = offsetBytes;
            _bufferedBytes = _file.Read(_buffer, offsetBytes);
            if (_bufferedBytes < sizeBytes)
            {
                return default;
            }
        }

        return _buffer.AsSpan((int)(offsetBytes - _bufferOffset), sizeBytes);
    }
}
