using Bongsu.Core.Types;

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

    /// <summary>The schema a table has now, by name, or null: for <see cref="DecodeLimits.MaxTableColumns"/>.</summary>
    public Func<string, Schema?>? FindSchema { get; init; }
}
