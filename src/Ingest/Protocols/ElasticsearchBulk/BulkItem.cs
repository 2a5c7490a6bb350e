namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>One action of a bulk request.</summary>
/// <param name="Action">What was asked.</param>
/// <param name="Index">Index as the client named it.</param>
/// <param name="Table">Number of its table in the request; -1 where the item was refused.</param>
/// <param name="Row">Its row in the table's batch.</param>
/// <param name="Error">Why it was refused; null where it was not.</param>
internal readonly record struct BulkItem(BulkAction Action, string Index, int Table, int Row, BulkError? Error);
