using Bongsu.Store.Keys;

namespace Bongsu.Store.Wal;

/// <summary>Lets log segments go that nobody needs: all rows in parts, seen by the stream, keys saved. Used by the
/// maintenance only.</summary>
internal sealed class LogTrimmer
{
    private readonly WriteAheadLog _log;
    private readonly LogFiles _logFiles;
    private readonly KeyFiles _keyFiles;
    private readonly StreamCheckpoint _checkpoint;
    private readonly long _maxLagBytes;
    private readonly Func<long, long> _flushedSequenceOf;
    private readonly Action<StoreNotice>? _notice;
    private int _readers;

    public LogTrimmer(
        WriteAheadLog log,
        LogFiles logFiles,
        KeyFiles keyFiles,
        StreamCheckpoint checkpoint,
        Func<long, long> flushedSequenceOf,
        StoreOptions options)
    {
        _log = log;
        _logFiles = logFiles;
        _keyFiles = keyFiles;
        _checkpoint = checkpoint;
        _flushedSequenceOf = flushedSequenceOf;
        _maxLagBytes = options.MaxLogLagBytes;
        _notice = options.Notice;
    }

    /// <summary>While readers are there, segments stay, unless the stream lags too far anyway.</summary>
    public void AddReader() => Interlocked.Increment(ref _readers);

    public void RemoveReader() => Interlocked.Decrement(ref _readers);

    public void Trim()
    {
        while (_log.Segments() is { Count: > 1 } segments && IsFlushed(segments[0]))
        {
            LogSegment oldest = segments[0];
            bool isNeeded = oldest.LastSequence > _checkpoint.Sequence || Volatile.Read(ref _readers) > 0;
            long keptBytes = segments.Sum(segment => segment.SizeBytes);
            if (isNeeded && keptBytes <= _maxLagBytes)
            {
                return;
            }

            if (isNeeded)
            {
                _notice?.Invoke(new StoreNotice(
                    StoreNoticeLevel.Warning,
                    $"the stream lags behind by {keptBytes} bytes of log, at most {_maxLagBytes} are kept: " +
                    $"sequences up to {oldest.LastSequence} are dropped from the log (they are in parts)"));
            }

            _keyFiles.Save(oldest.Keys);
            _log.RemoveOldest(oldest);
            _logFiles.Recycle(oldest.Path);
        }
    }

    private bool IsFlushed(LogSegment segment)
    {
        foreach ((long tableId, long lastSequence) in segment.LastSequenceByTable)
        {
            if (lastSequence > _flushedSequenceOf(tableId))
            {
                return false;
            }
        }

        return true;
    }
}
