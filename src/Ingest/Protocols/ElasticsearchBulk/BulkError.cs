namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>An error in Elasticsearch's form.</summary>
/// <param name="Status">HTTP status of the item or the request.</param>
/// <param name="Type">Elasticsearch's name of the kind.</param>
/// <param name="Reason">For the sender.</param>
internal sealed record BulkError(int Status, string Type, string Reason)
{
    public static BulkError BadDocument(string reason) => new(400, "document_parsing_exception", reason);

    public static BulkError BadRequest(string reason) => new(400, "illegal_argument_exception", reason);

    public static BulkError MissingIndex { get; } =
        new(400, "action_request_validation_exception", "Validation Failed: 1: index is missing;");
}
