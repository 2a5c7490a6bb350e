using Bongsu.Core.Types;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Protocols.Ndjson;

/// <summary>Decodes JSON lines, one object a line, or one JSON array of objects. A bad row is refused alone.</summary>
/// <remarks>Blank lines, CRLF and a byte order mark are no content. Lines are counted as they stand in the body, from
/// 1.</remarks>
public static class NdjsonDecoder
{
    /// <summary>Decodes a body.</summary>
    /// <param name="body">The whole body, decompressed; UTF-8, or lines of CP949.</param>
    /// <param name="options">Time and limits.</param>
    /// <param name="tableSchema">The table's columns so far, or null.</param>
    public static DecodedBatch Decode(ReadOnlySpan<byte> body, DecodeOptions options, Schema? tableSchema = null)
    {
        using var reader = new NdjsonReader(options, tableSchema);
        reader.Add(body);
        return reader.Finish();
    }
}
