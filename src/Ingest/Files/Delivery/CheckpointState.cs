using System.Text.Json.Serialization;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>All that a follower must know after a restart.</summary>
internal sealed record CheckpointState
{
    /// <summary>Version of this form.</summary>
    [JsonPropertyName("version")]
    public int Version { get; init; } = 1;

    /// <summary>Every file read so far that may still grow.</summary>
    [JsonPropertyName("files")]
    public List<FilePosition> Files { get; init; } = [];
}
