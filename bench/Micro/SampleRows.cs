using Bongsu.Core.Batches;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Protocols.Ndjson;
using Bongsu.LogBench.Generation;

namespace Bongsu.Micro;

/// <summary>Rows of the log benchmark, as a body and as a batch.</summary>
internal static class SampleRows
{
    /// <summary>Rows of one block.</summary>
    public const int BlockRows = LogGenerator.ChunkRows;

    /// <summary>Lines of one block of so many rows.</summary>
    public static byte[] Lines(int block, int rows)
    {
        var lines = new LineWriter();
        new LogGenerator(rows, 1, 20261101).Write(block, lines);
        return lines.Written.ToArray();
    }

    /// <summary>What the decoder makes of lines.</summary>
    public static Batch Decode(byte[] lines) => NdjsonDecoder.Decode(lines, new DecodeOptions { ReceivedTicks = 1 }).Batch;
}
