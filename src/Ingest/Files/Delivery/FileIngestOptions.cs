namespace Bongsu.Ingest.Files.Delivery;

/// <summary>What <c>bongsu ingest</c> is told to do.</summary>
public sealed record FileIngestOptions
{
    /// <summary>Files, glob patterns (<c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>**</c> over folders), or <c>-</c> for
    /// standard input.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Opens what the path <c>-</c> stands for.</summary>
    public Func<Stream> OpenStandardInput { get; init; } = () => throw new NotSupportedException("there is no standard input here");

    /// <summary>Table the rows go to.</summary>
    public required string Table { get; init; }

    /// <summary>Zone, joining, time field.</summary>
    public LineOptions Lines { get; init; } = new();

    /// <summary>Whether to go on when the end is reached, through rotation and the server's absence.</summary>
    public bool Follow { get; init; }

    /// <summary>Folder for the checkpoint and the buffer; needed to follow. One process at a time.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Bytes of NDJSON after which a request is sent.</summary>
    public int ChunkBytes { get; init; } = 2 << 20;

    /// <summary>How long a row waits for more to share its request, and an unfinished trace for its next
    /// line.</summary>
    public TimeSpan FlushAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often files are looked at while nothing comes.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes on disk that may wait for a server that is away; past it, reading pauses. When
    /// following.</summary>
    public long MaxBufferBytes { get; init; } = 256L << 20;

    /// <summary>How long to try to reach a server that is away, when not following (following never gives
    /// up).</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(5);
}
