using System.Diagnostics;
using Bongsu.Store;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>Writes decoded bulk requests and answers in Elasticsearch's form.</summary>
public static class BulkWriter
{
    /// <summary>Writes every table of a request; answers item by item, or with one error where nothing could be
    /// taken.</summary>
    /// <param name="gateway">The way into the store.</param>
    /// <param name="tenant">Owner of the tables.</param>
    /// <param name="request">From <see cref="BulkDecoder"/>.</param>
    /// <param name="sourceId">The sender.</param>
    /// <param name="isDocument">Whether the request was for one document, so that its item is the answer.</param>
    /// <param name="cancellationToken">Stops before the next table.</param>
    public static async Task<ProtocolReply> WriteAsync(
        IngestGateway gateway,
        string tenant,
        BulkRequest request,
        string sourceId,
        bool isDocument,
        CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        if (request.Error is { } refused)
        {
            return BulkReply.OfError(refused);
        }

        gateway.Count(request.RejectedCount, request.Repairs);
        var outcomes = new BulkOutcome[request.Tables.Count];
        bool anyTaken = request.RejectedCount > 0;
        for (int table = 0; table < outcomes.Length; table++)
        {
            outcomes[table] = await WriteAsync(gateway, tenant, request.Tables[table], sourceId, cancellationToken)
                .ConfigureAwait(false);
            anyTaken |= outcomes[table].Error is not { Status: 429 or 507 };
        }

        return outcomes.Length > 0 && !anyTaken
            ? BulkReply.OfError(outcomes[0].Error!, outcomes[0].RetryAfter)
            : BulkReply.OfItems(request, outcomes, Stopwatch.GetElapsedTime(started), isDocument);
    }

    /// <summary>The answer to a request for which there is no memory now.</summary>
    public static ProtocolReply Refuse(StoreBusyException busy) => BulkReply.OfError(ErrorOf(busy), busy.RetryAfter);

    private static BulkError ErrorOf(StoreBusyException busy) => new(429, "es_rejected_execution_exception", busy.Message);

    private static async Task<BulkOutcome> WriteAsync(
        IngestGateway gateway, string tenant, BulkTable table, string sourceId, CancellationToken cancellationToken)
    {
        try
        {
            var options = new AppendOptions { SourceId = sourceId, RowKeys = table.RowKeys };
            IngestOutcome outcome = await gateway.WriteAsync(tenant, table.Name, table.Batch, options, cancellationToken)
                .ConfigureAwait(false);
            return new BulkOutcome(null, outcome.DuplicateRows);
        }
        catch (StoreBusyException busy)
        {
            return new BulkOutcome(ErrorOf(busy), RetryAfter: busy.RetryAfter);
        }
        catch (StoreFullException full)
        {
            return new BulkOutcome(new BulkError(507, "cluster_block_exception", full.Message));
        }
        catch (StoreException refused)
        {
            string type = refused.Code == "invalid_name" ? "invalid_index_name_exception" : "illegal_argument_exception";
            return new BulkOutcome(new BulkError(400, type, refused.Message));
        }
    }
}
