using Bongsu.Core.Encodings;
using Bongsu.Store.Files;

namespace Bongsu.Store.Wal;

/// <summary>Reads the log back at start: whole records in order, a torn tail dropped.</summary>
internal static class LogRecovery
{
    /// <summary>Replays all records.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="logFiles">The log's files; those without records become spares.</param>
    /// <param name="flushedSequence">The highest sequence that any part has: new ones begin after it even if the log is
    /// gone.</param>
    /// <param name="apply">Given each record once, in order.</param>
    /// <param name="notice">Told of damage.</param>
    public static RecoveredLog Run(
        IFileSystem files,
        LogFiles logFiles,
        long flushedSequence,
        Action<LogEntry, LogRecordHeader> apply,
        Action<StoreNotice>? notice)
    {
        IReadOnlyList<long> numbers = logFiles.Segments();
        var segments = new List<LogSegment>();
        long lastSequence = 0;
        long lastTicks = 0;
        for (int index = 0; index < numbers.Count; index++)
        {
            // Records that the next segment begins at or before were never acknowledged: their sync failed.
            long endSequence = FirstSequenceAfter(files, logFiles, numbers, index);
            LogSegment? segment = Replay(files, logFiles.PathOf(numbers[index]), numbers[index], endSequence, apply, notice, ref lastTicks);
            if (segment is null)
            {
                logFiles.Recycle(logFiles.PathOf(numbers[index]));
                continue;
            }

            if (lastSequence > 0 && segment.FirstSequence != lastSequence + 1)
            {
                notice?.Invoke(new StoreNotice(
                    StoreNoticeLevel.Error,
                    $"log: sequences {lastSequence + 1} to {segment.FirstSequence - 1} before {segment.Path} are damaged or missing"));
            }

            lastSequence = Math.Max(lastSequence, segment.LastSequence);
            segments.Add(segment);
        }

        long nextSegment = numbers.Count == 0 ? 1 : numbers[^1] + 1;
        return new RecoveredLog(segments, nextSegment, Math.Max(lastSequence, flushedSequence), lastTicks);
    }

    private static long FirstSequenceAfter(IFileSystem files, LogFiles logFiles, IReadOnlyList<long> numbers, int index)
    {
        for (int next = index + 1; next < numbers.Count; next++)
        {
            using LogReader? reader = LogReader.TryOpen(files, logFiles.PathOf(numbers[next]), numbers[next]);
            if (reader is not null)
            {
                return reader.FirstSequence;
            }
        }

        return long.MaxValue;
    }

    private static LogSegment? Replay(
        IFileSystem files,
        string path,
        long number,
        long endSequence,
        Action<LogEntry, LogRecordHeader> apply,
        Action<StoreNotice>? notice,
        ref long lastTicks)
    {
        using LogReader? reader = LogReader.TryOpen(files, path, number);
        if (reader is null)
        {
            return null;
        }

        var segment = new LogSegment(number, path, reader.FirstSequence);
        while (reader.TryRead(out LogRecordHeader header, out ReadOnlySpan<byte> body) &&
            header.Sequence == segment.LastSequence + 1 && header.Sequence < endSequence)
        {
            lastTicks = Math.Max(lastTicks, header.IngestedTicks);
            try
            {
                LogEntry entry = LogEntry.Decode(body);
                segment.Add(entry, header.Sequence, header.IngestedTicks);
                apply(entry, header);
            }
            catch (CorruptDataException exception)
            {
                // The checksum was right: this is a fault of the program that wrote it. The rest must still be brought
                // back.
                segment.Skip(header.Sequence);
                notice?.Invoke(new StoreNotice(
                    StoreNoticeLevel.Error, $"log: record {header.Sequence} of {path} cannot be read: {exception.Message}", exception));
            }
        }

        segment.SizeBytes = reader.Position;
        return segment;
    }
}
