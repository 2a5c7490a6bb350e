using Bongsu.Core.Batches;

namespace Bongsu.Ingest;

/// <summary>What is done to the rows of a table between decoding and storing: dropping, parsing, masking.</summary>
/// <param name="tenant">Owner of the table.</param>
/// <param name="table">Where the rows go.</param>
/// <param name="batch">The decoded rows.</param>
public delegate PipelineResult BatchPipeline(string tenant, string table, Batch batch);
