using System.Text.Json.Serialization;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>How far a file was read, and how to know the file again. Kept in the checkpoint as JSON.</summary>
internal sealed record FilePosition
{
    /// <summary>Where it was last seen.</summary>
    [JsonPropertyName("path")]
    public required string Path { get; init; }

    /// <summary>The file itself, whatever it is called now.</summary>
    [JsonPropertyName("id")]
    public required string Identity { get; init; }

    /// <summary>Bytes of the beginning that <see cref="Fingerprint"/> covers.</summary>
    [JsonPropertyName("fingerprintBytes")]
    public required int FingerprintBytes { get; init; }

    /// <summary>SHA-256 of the beginning: a file number may be used again for another file.</summary>
    [JsonPropertyName("fingerprint")]
    public required string Fingerprint { get; init; }

    /// <summary>Everything before it was handed on.</summary>
    [JsonPropertyName("offset")]
    public required long Offset { get; init; }

    /// <summary>How the file is encoded.</summary>
    [JsonPropertyName("encoding")]
    public FileEncoding Encoding { get; init; }

    /// <summary>UTC ticks of the last time seen, for lines without.</summary>
    [JsonPropertyName("lastTicks")]
    public long? LastTicks { get; init; }
}
