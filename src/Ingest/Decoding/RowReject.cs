namespace Bongsu.Ingest.Decoding;

/// <summary>Why a row was refused.</summary>
/// <param name="Line">Line of the body, or number of the record, from 1.</param>
/// <param name="Error">For the sender.</param>
public readonly record struct RowReject(long Line, string Error);
