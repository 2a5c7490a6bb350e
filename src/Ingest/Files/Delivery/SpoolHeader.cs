using System.Text.Json.Serialization;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>First line of a file of the buffer; the rows follow.</summary>
internal sealed record SpoolHeader
{
    /// <summary>See <see cref="Chunk"/>.</summary>
    [JsonPropertyName("key")]
    public required string Key { get; init; }

    /// <summary>See <see cref="Chunk"/>.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>See <see cref="Chunk"/>.</summary>
    [JsonPropertyName("position")]
    public FilePosition? Position { get; init; }

    /// <summary>See <see cref="Chunk"/>.</summary>
    [JsonPropertyName("rows")]
    public required int RowCount { get; init; }

    /// <summary>Bytes of the rows: a file cut short by a crash is known by it.</summary>
    [JsonPropertyName("bytes")]
    public required long Bytes { get; init; }
}
