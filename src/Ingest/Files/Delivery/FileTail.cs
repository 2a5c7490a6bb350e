using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>One followed file: reads what is new, notices when it is cut or replaced. Not thread-safe.</summary>
internal sealed class FileTail : IDisposable
{
    // Writers keep a renamed file open for a while; what they still write must not be missed.
    private static readonly TimeSpan s_rotationGrace = TimeSpan.FromSeconds(2);
    private const int SampleBytes = 200 << 10;

    private readonly FileIngestOptions _options;
    private readonly TimeProvider _clock;
    private readonly FileStream _file;
    private readonly string _source;
    private RecordReader _reader = null!;
    private ChunkBuilder _chunk = null!;
    private string _fingerprint = "";
    private int _fingerprintBytes;
    private int _generation;
    private long _lastDataAt;
    private long _unsentSince;
    private long _rotatedAt;

    private FileTail(string path, FileStream file, FileIngestOptions options, TimeProvider clock)
    {
        Path = path;
        _file = file;
        _options = options;
        _clock = clock;
        _source = Environment.MachineName + ":" + System.IO.Path.GetFullPath(path);
        Identity = FileIdentity.Of(file.SafeFileHandle);
        _lastDataAt = clock.GetTimestamp();
    }

    /// <summary>Where it was found.</summary>
    public string Path { get; }

    /// <summary>The file itself.</summary>
    public string Identity { get; }

    /// <summary>True once the file was replaced and read to its end: it can be closed.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Bytes read.</summary>
    public long ReadBytes { get; private set; }

    /// <summary>Lines read.</summary>
    public long LineCount => _reader.LineCount;

    /// <summary>Opens a file where it was left, or at its beginning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="find">The position kept of a file, or null.</param>
    /// <param name="options">How to read.</param>
    /// <param name="clock">Measures pauses.</param>
    /// <returns>Null where there is no such file, or it is compressed.</returns>
    public static FileTail? TryOpen(string path, Func<string, FilePosition?> find, FileIngestOptions options, TimeProvider clock)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // It may come yet, or went between two looks.
            return null;
        }

        if (LogSource.IsCompressed(file))
        {
            // A rotated file that was packed: its rows were read before that.
            file.Dispose();
            return null;
        }

        var tail = new FileTail(path, file, options, clock);
        FilePosition? position = find(tail.Identity);
        tail.Start(position is not null && FileIdentity.Matches(file.SafeFileHandle, position) ? position : null);
        return tail;
    }

    /// <summary>Reads what is there, up to one chunk.</summary>
    /// <returns>A chunk to deliver, or null; call again at once while <paramref name="hasMore"/> comes back
    /// true.</returns>
    public Chunk? Pump(out bool hasMore)
    {
        hasMore = false;
        if (IsCut())
        {
            // What was read goes out first; then the file is read anew, as another one.
            FlushRecord();
            if (_chunk.RowCount > 0)
            {
                hasMore = true;
                return Take();
            }

            _generation++;
            _chunk.Dispose();
            Start(null);
        }

        while (_chunk.Bytes < _options.ChunkBytes)
        {
            if (_reader.Next() is { } record)
            {
                _chunk.Add(record);
                continue;
            }

            int read = _file.Read(_reader.Room().Span);
            if (read == 0)
            {
                return AtEnd();
            }

            _reader.Advance(read);
            ReadBytes += read;
            _lastDataAt = _clock.GetTimestamp();
            _unsentSince = _unsentSince == 0 ? _lastDataAt : _unsentSince;
            _rotatedAt = 0;
            EnsureFingerprint();
        }

        hasMore = true;
        return Take();
    }

    /// <summary>Hands out what was read, at shutdown. A record whose end was not seen is read again next
    /// time.</summary>
    public Chunk? TakeRest() => _chunk.RowCount > 0 ? Take() : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk.Dispose();
        _file.Dispose();
    }

    private void Start(FilePosition? position)
    {
        long offset = position?.Offset ?? 0;
        _reader = new RecordReader(
            _options.Lines, _clock, () => new EventTime(_clock.GetUtcNow().UtcTicks), offset, position?.Encoding ?? FileEncoding.Utf8);
        _chunk = new ChunkBuilder(_options.Table, _source, $"{Identity}/{_generation}");
        _chunk.StartAt(offset);
        _fingerprint = position?.Fingerprint ?? "";
        _fingerprintBytes = position?.FingerprintBytes ?? 0;
        if (position?.LastTicks is { } last)
        {
            _reader.Assembler.LastTime = new EventTime(last);
        }

        if (offset > 0 && _reader.Encoding == FileEncoding.Utf8)
        {
            byte[] head = new byte[Math.Min(SampleBytes, offset)];
            int length = RandomAccess.Read(_file.SafeFileHandle, head, 0);
            _reader.SampleFrom(head.AsSpan(0, length));
        }

        _file.Position = offset;
        EnsureFingerprint();
    }

    // The longest beginning there is, up to a limit; once read from, it does not change unless the file was cut.
    private void EnsureFingerprint()
    {
        if (_fingerprintBytes < FileIdentity.FingerprintBytes && RandomAccess.GetLength(_file.SafeFileHandle) > _fingerprintBytes)
        {
            _fingerprint = FileIdentity.Fingerprint(_file.SafeFileHandle, FileIdentity.FingerprintBytes, out _fingerprintBytes);
        }
    }

    // copytruncate: the same file is shorter, or already longer again with another beginning.
    private bool IsCut()
    {
        long length = RandomAccess.GetLength(_file.SafeFileHandle);
        return length < _file.Position ||
            (length > _file.Position && _fingerprintBytes > 0 &&
            FileIdentity.Fingerprint(_file.SafeFileHandle, _fingerprintBytes, out _) != _fingerprint);
    }

    private Chunk? AtEnd()
    {
        bool isIdle = _clock.GetElapsedTime(_lastDataAt) >= _options.FlushAfter;
        bool isDue = _unsentSince != 0 && _clock.GetElapsedTime(_unsentSince) >= _options.FlushAfter;
        if (isIdle || isDue)
        {
            _reader.StopSampling();
            while (_reader.Next() is { } record)
            {
                _chunk.Add(record);
            }
        }

        if (isIdle)
        {
            NoticeRotation();
            FlushRecord();
        }

        return _chunk.RowCount > 0 && (isIdle || isDue) ? Take() : null;
    }

    private void FlushRecord()
    {
        if (_reader.Flush() is { } last)
        {
            _chunk.Add(last);
        }
    }

    private void NoticeRotation()
    {
        if (FileIdentity.Of(Path) == Identity)
        {
            _rotatedAt = 0;
            return;
        }

        if (_rotatedAt == 0)
        {
            _rotatedAt = _clock.GetTimestamp();
        }
        else if (_clock.GetElapsedTime(_rotatedAt) >= s_rotationGrace)
        {
            // Nothing was written for a while: the last line has no end and will get none.
            _reader.Complete();
            while (_reader.Next() is { } record)
            {
                _chunk.Add(record);
            }

            IsFinished = true;
        }
    }

    private Chunk Take()
    {
        long end = _reader.SafeOffset;
        _unsentSince = 0;
        var position = new FilePosition
        {
            Path = Path,
            Identity = Identity,
            FingerprintBytes = _fingerprintBytes,
            Fingerprint = _fingerprint,
            Offset = end,
            Encoding = _reader.Encoding,
            LastTicks = _reader.Assembler.LastTime?.Ticks,
        };
        return _chunk.Take(end, position);
    }
}
