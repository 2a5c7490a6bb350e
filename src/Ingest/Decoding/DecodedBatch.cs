using Bongsu.Core.Batches;

namespace Bongsu.Ingest.Decoding;

/// <summary>The rows of a body for one table, and what was refused.</summary>
public sealed record DecodedBatch
{
    /// <summary>The rows; always with a <c>timestamp</c> column, without nulls.</summary>
    public required Batch Batch { get; init; }

    /// <summary>Refused rows, in order; at most <see cref="DecodeLimits.MaxReportedRejects"/>.</summary>
    public IReadOnlyList<RowReject> Rejects { get; init; } = [];

    /// <summary>All refused rows.</summary>
    public long RejectedCount { get; init; }

    /// <summary>Rows whose text was CP949 and is now UTF-8.</summary>
    public long TranscodedCount { get; init; }

    /// <summary>Rows in which bytes that are no text were replaced by U+FFFD.</summary>
    public long RepairedCount { get; init; }

    /// <summary>Rows taken.</summary>
    public int Accepted => Batch.RowCount;
}
