using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>The rows of a bulk request for one table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Batch">The rows.</param>
/// <param name="RowKeys">Keys of rows that must be stored once; null where no row has one.</param>
internal sealed record BulkTable(string Name, Batch Batch, StringVector? RowKeys);
