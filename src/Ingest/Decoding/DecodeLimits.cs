namespace Bongsu.Ingest.Decoding;

/// <summary>What one request may ask of the decoders; past a limit the row (or body) is refused with a
/// reason.</summary>
public sealed record DecodeLimits
{
    /// <summary>The limits used where none are configured.</summary>
    public static DecodeLimits Default { get; } = new();

    /// <summary>Bytes of a body after decompression.</summary>
    public int MaxBodyBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of one line, document or log record.</summary>
    public int MaxRowBytes { get; init; } = 1 << 20;

    /// <summary>Nesting of objects and arrays.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>UTF-8 bytes of a column's name, dot path included.</summary>
    public int MaxNameBytes { get; init; } = 256;

    /// <summary>Columns of one batch.</summary>
    public int MaxColumns { get; init; } = 2_000;

    /// <summary>Columns of a table, over all batches; at most what the store allows.</summary>
    public int MaxTableColumns { get; init; } = 4_000;

    /// <summary>
    /// Rows times columns of one batch: columns are dense in memory, so a small body of rows that share no columns
    /// would take
    /// a lot of it (24 million cells are about 190 MB).
    /// </summary>
    public long MaxCells { get; init; } = 24_000_000;

    /// <summary>Actions of one bulk request; each is answered, so each costs memory even when it is refused.</summary>
    public int MaxBulkItems { get; init; } = 200_000;

    /// <summary>Tables one bulk request may write to; each costs a batch of its own.</summary>
    public int MaxTables { get; init; } = 256;

    /// <summary>Rejects reported one by one; further ones are only counted.</summary>
    public int MaxReportedRejects { get; init; } = 1_000;
}
