namespace Bongsu.Ingest.Files.Delivery;

/// <summary>What an import came to.</summary>
/// <param name="Lines">Lines read.</param>
/// <param name="Rows">Rows the server took, repeats included.</param>
/// <param name="RejectedRows">Rows the server refused.</param>
/// <param name="FirstRejection">Why the first of them was refused, or null.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Elapsed">How long it took.</param>
public readonly record struct IngestSummary(
    long Lines, long Rows, long RejectedRows, string? FirstRejection, long Bytes, TimeSpan Elapsed);
