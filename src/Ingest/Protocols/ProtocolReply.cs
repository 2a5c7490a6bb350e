namespace Bongsu.Ingest.Protocols;

/// <summary>An answer in the form a protocol's clients expect, for the server to send.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Empty for none.</param>
public sealed record ProtocolReply(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
