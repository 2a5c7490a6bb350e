namespace Bongsu.Ingest.Files.Delivery;

/// <summary>How far an import is.</summary>
/// <param name="File">File being read.</param>
/// <param name="ReadBytes">Bytes read so far, over all files.</param>
/// <param name="TotalBytes">Bytes of all files, where that is known; compressed size for compressed ones.</param>
/// <param name="Rows">Rows the server took, repeats included.</param>
/// <param name="RejectedRows">Rows the server refused.</param>
/// <param name="BufferedBytes">Bytes on disk that wait for the server.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Trouble">Why nothing moves, or null.</param>
public readonly record struct IngestProgress(
    string File,
    long ReadBytes,
    long? TotalBytes,
    long Rows,
    long RejectedRows,
    long BufferedBytes,
    TimeSpan Elapsed,
    string? Trouble)
{
    /// <summary>Rows a second since the start.</summary>
    public double RowsPerSecond => Elapsed > TimeSpan.Zero ? Rows / Elapsed.TotalSeconds : 0;
}
