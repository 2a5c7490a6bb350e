using Bongsu.Core.Encodings;

namespace Bongsu.Store.Wal;

/// <summary>A record on its way to the disk.</summary>
internal sealed class PendingRecord
{
    public PendingRecord(LogEntry entry, ByteWriter body, uint bodyChecksum, Action<PendingRecord> committed)
    {
        Entry = entry;
        Body = body;
        BodyChecksum = bodyChecksum;
        Committed = committed;
    }

    public LogEntry Entry { get; }

    public ByteWriter Body { get; }

    public uint BodyChecksum { get; }

    /// <summary>Called after the sync, in the order of the log, on the flusher's thread.</summary>
    public Action<PendingRecord> Committed { get; }

    /// <summary>Given by the flusher.</summary>
    public long Sequence { get; set; }

    /// <summary>Given by the flusher.</summary>
    public long IngestedTicks { get; set; }

    /// <summary>Completes when the record is durable and visible.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
