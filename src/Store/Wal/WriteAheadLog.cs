using Bongsu.Store.Files;

namespace Bongsu.Store.Wal;

/// <summary>The log all batches go through: one thread writes what is waiting in one go, syncs, and then tells the
/// waiting.</summary>
/// <remarks>Group commit. Append may be called from any thread; segments are handled by the flusher and by one
/// trimmer.</remarks>
internal sealed class WriteAheadLog : IDisposable
{
    // What is waiting past these goes into the next group: pwritev takes 1024 buffers, and nobody should wait for a
    // huge write.
    private const int MaxGroupRecords = 500;
    private const long MaxGroupBytes = 16L << 20;

    private readonly LogFiles _logFiles;
    private readonly TimeProvider _time;
    private readonly long _segmentBytes;
    private readonly Lock _segmentsGate = new();
    private readonly List<LogSegment> _sealed;
    private readonly object _queueGate = new();
    private readonly Queue<PendingRecord> _queue = new();
    private readonly Thread _flusher;
    private IStorageFile? _file;
    private LogSegment? _active;
    private long _nextSegment;
    private long _lastSequence;
    private long _lastTicks;
    private long _syncCount;
    private bool _isClosed;

    public WriteAheadLog(LogFiles logFiles, TimeProvider time, long segmentBytes, RecoveredLog recovered)
    {
        _logFiles = logFiles;
        _time = time;
        _segmentBytes = segmentBytes;
        _sealed = recovered.Segments;
        _nextSegment = recovered.NextSegment;
        _lastSequence = recovered.LastSequence;
        _lastTicks = recovered.LastTicks;
        _flusher = new Thread(Flush) { IsBackground = true, Name = "bongsu log" };
        _flusher.Start();
    }

    /// <summary>Sequence of the last durable record.</summary>
    public long LastSequence => Interlocked.Read(ref _lastSequence);

    /// <summary>Groups of records written and synced since the start; each may hold many records.</summary>
    public long SyncCount => Interlocked.Read(ref _syncCount);

    /// <summary>Bytes of all segments in use.</summary>
    public long SizeBytes
    {
        get
        {
            lock (_segmentsGate)
            {
                return _sealed.Sum(segment => segment.SizeBytes) + (_active?.SizeBytes ?? 0);
            }
        }
    }

    /// <summary>True where the next segment will be needed soon.</summary>
    public bool IsActiveHalfFull => Volatile.Read(ref _active)?.SizeBytes > _segmentBytes / 2;

    /// <summary>Queues a record; <see cref="PendingRecord.Done"/> tells its outcome.</summary>
    public void Append(PendingRecord record)
    {
        lock (_queueGate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _queue.Enqueue(record);
            if (_queue.Count == 1)
            {
                Monitor.Pulse(_queueGate);
            }
        }
    }

    /// <summary>The segments in use, oldest first.</summary>
    public IReadOnlyList<LogSegment> Segments()
    {
        lock (_segmentsGate)
        {
            return _active is null ? [.. _sealed] : [.. _sealed, _active];
        }
    }

    /// <summary>Takes the oldest segment out, if it is not the active one; its file is the caller's to
    /// recycle.</summary>
    public void RemoveOldest(LogSegment segment)
    {
        lock (_segmentsGate)
        {
            _sealed.Remove(segment);
        }
    }

    /// <summary>Writes what is queued and stops.</summary>
    public void Dispose()
    {
        lock (_queueGate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            Monitor.Pulse(_queueGate);
        }

        _flusher.Join();
        _file?.Dispose();
    }

    private void Flush()
    {
        var group = new List<PendingRecord>();
        while (TakeGroup(group))
        {
            try
            {
                WriteGroup(group);
            }
            catch (Exception exception)
            {
                // Whatever it is, those who wait must learn it; a failed sync leaves the file in doubt, so a new one
                // follows.
                Fail(group, exception);
                continue;
            }

            foreach (PendingRecord record in group)
            {
                Publish(record);
            }
        }
    }

    private bool TakeGroup(List<PendingRecord> group)
    {
        group.Clear();
        lock (_queueGate)
        {
            while (_queue.Count == 0)
            {
                if (_isClosed)
                {
                    return false;
                }

                Monitor.Wait(_queueGate);
            }

            long sizeBytes = 0;
            while (_queue.Count > 0 && group.Count < MaxGroupRecords && sizeBytes < MaxGroupBytes)
            {
                PendingRecord record = _queue.Dequeue();
                sizeBytes += record.Body.Length;
                group.Add(record);
            }
        }

        return true;
    }

    private void WriteGroup(List<PendingRecord> group)
    {
        long groupBytes = group.Sum(record => (long)LogFormat.RecordHeaderBytes + record.Body.Length);
        long lastSequence = _lastSequence;
        if (_active is { } full && full.SizeBytes > LogFormat.SegmentHeaderBytes && full.SizeBytes + groupBytes > _segmentBytes)
        {
            Seal();
        }

        if (_active is null)
        {
            OpenSegment(lastSequence + 1);
        }

        LogSegment active = _active!;
        var buffers = new List<ReadOnlyMemory<byte>>((2 * group.Count) + 1);
        bool isFirst = active.SizeBytes == LogFormat.SegmentHeaderBytes;
        if (isFirst)
        {
            byte[] header = new byte[LogFormat.SegmentHeaderBytes];
            LogFormat.WriteSegmentHeader(header, active.Number, active.FirstSequence);
            buffers.Add(header);
        }

        byte[] headers = new byte[LogFormat.RecordHeaderBytes * group.Count];
        long ticks = Math.Max(_lastTicks + 1, _time.GetUtcNow().UtcTicks);
        for (int index = 0; index < group.Count; index++)
        {
            PendingRecord record = group[index];
            record.Sequence = ++lastSequence;
            record.IngestedTicks = ticks++;
            Memory<byte> header = headers.AsMemory(index * LogFormat.RecordHeaderBytes, LogFormat.RecordHeaderBytes);
            LogFormat.WriteRecordHeader(
                header.Span,
                active.Number,
                new LogRecordHeader(record.Body.Length, record.BodyChecksum, record.Sequence, record.IngestedTicks));
            buffers.Add(header);
            buffers.Add(record.Body.WrittenMemory);
        }

        _file!.Write(buffers, isFirst ? 0 : active.SizeBytes);
        _file.Sync();
        Interlocked.Increment(ref _syncCount);
        lock (_segmentsGate)
        {
            active.SizeBytes += groupBytes;
            foreach (PendingRecord record in group)
            {
                active.Add(record.Entry, record.Sequence, record.IngestedTicks);
            }
        }

        _lastTicks = ticks;
        Interlocked.Exchange(ref _lastSequence, lastSequence);
    }

    private static void Publish(PendingRecord record)
    {
        try
        {
            record.Committed(record);
            record.Done.SetResult();
        }
        catch (Exception exception)
        {
            record.Done.SetException(exception);
        }
    }

    private void OpenSegment(long firstSequence)
    {
        long number = _nextSegment;
        _file = _logFiles.OpenNew(number);
        _nextSegment = number + 1;
        lock (_segmentsGate)
        {
            _active = new LogSegment(number, _logFiles.PathOf(number), firstSequence);
        }
    }

    private void Seal()
    {
        lock (_segmentsGate)
        {
            _sealed.Add(_active!);
            _active = null;
        }

        _file!.Dispose();
        _file = null;
    }

    private void Fail(List<PendingRecord> group, Exception exception)
    {
        if (_active is not null && !DiskFull.Is(exception))
        {
            Seal();
        }

        Exception told = DiskFull.Is(exception)
            ? new StoreFullException("the disk is full: the batch was not stored", exception)
            : new StoreException("io", $"the log could not be written: {exception.Message}", exception);
        foreach (PendingRecord record in group)
        {
            record.Done.SetException(told);
        }
    }
}
