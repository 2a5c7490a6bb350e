namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Rows of one source that go to the server in one request, or not at all.</summary>
/// <param name="Key">Same rows of the same place, same key: the server stores them once.</param>
/// <param name="Source">Who speaks: machine and file. Event time advances by source.</param>
/// <param name="Position">Where the source goes on behind these rows; null where it cannot go on.</param>
/// <param name="RowCount">Rows.</param>
/// <param name="Rows">NDJSON.</param>
internal sealed record Chunk(string Key, string Source, FilePosition? Position, int RowCount, ReadOnlyMemory<byte> Rows);
