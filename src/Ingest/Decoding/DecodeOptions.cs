using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Decoding;

/// <summary>How to make rows of a body.</summary>
public sealed record DecodeOptions
{
    /// <summary>UTC ticks at which the body arrived; the time of rows that bring none.</summary>
    public required long ReceivedTicks { get; init; }

    /// <summary>A field to take the event time from before all others; null for the usual names only.</summary>
    public string? TimeField { get; init; }

    /// <summary>Zone of times that name none; null for UTC.</summary>
    public TimeZoneInfo? DefaultZone { get; init; }

    /// <summary>What is refused.</summary>
    public DecodeLimits Limits { get; init; } = DecodeLimits.Default;

    /// <summary>Where decoders come from and go back to; null to make them anew.</summary>
    internal JsonRowDecoderPool? Decoders { get; init; }

    /// <summary>Whom a large body asks for help; null for nobody.</summary>
    internal DecodeCrew? Crew { get; init; }

    /// <summary>By name of a table, what splits its messages (lent for the call) into templates; null to leave them as
    /// text.</summary>
    internal Func<string, Func<StringVector, StringVector>?>? FindSplit { get; init; }

    /// <summary>What splits the messages of the one table that rows are for.</summary>
    internal Func<StringVector, StringVector>? SplitMessages { get; private init; }

    /// <summary>The schema a table has now, by name, or null: for <see cref="DecodeLimits.MaxTableColumns"/>.</summary>
    public Func<string, Schema?>? FindSchema { get; init; }

    /// <summary>The same for rows of one table.</summary>
    public DecodeOptions ForTable(string table) =>
        FindSplit?.Invoke(table) is { } split ? this with { SplitMessages = split } : this;
}
