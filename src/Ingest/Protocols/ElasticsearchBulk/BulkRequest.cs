using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>A decoded bulk request, ready to be written by <see cref="BulkWriter"/>.</summary>
public sealed class BulkRequest
{
    internal BulkRequest(
        IReadOnlyList<BulkTable> tables, IReadOnlyList<BulkItem> items, ByteStore ids, BulkError? error, long receivedTicks)
    {
        Tables = tables;
        Items = items;
        Ids = ids;
        Error = error;
        ReceivedTicks = receivedTicks;
    }

    internal IReadOnlyList<BulkTable> Tables { get; }

    internal IReadOnlyList<BulkItem> Items { get; }

    /// <summary>The <c>_id</c> of each item; empty where it has none.</summary>
    internal ByteStore Ids { get; }

    /// <summary>Why the whole request is refused; nothing of it is written.</summary>
    internal BulkError? Error { get; }

    internal long ReceivedTicks { get; }

    internal long RejectedCount { get; init; }

    internal TextRepairs Repairs { get; init; } = new();
}
