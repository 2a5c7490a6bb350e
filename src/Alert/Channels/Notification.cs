using Bongsu.Alert.Alerts;

namespace Bongsu.Alert.Channels;

/// <summary>One message to one channel, as the notification log keeps it.</summary>
internal sealed record Notification
{
    /// <summary>The same whenever the message is made again: alert, state, channel.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the channel.</summary>
    public required string Channel { get; init; }

    /// <summary>What it tells.</summary>
    public required AlertView Alert { get; init; }

    /// <summary>When it was made, UTC ticks.</summary>
    public required long CreatedTicks { get; init; }

    /// <summary>
    /// <c>pending</c>, <c>delivered</c>, <c>refused</c> (the receiver will not have it), <c>failed</c> (given up) or
    /// <c>dropped</c>
    /// (too many waited).
    /// </summary>
    public string Status { get; init; } = Pending;

    /// <summary>Tries so far.</summary>
    public int Attempts { get; init; }

    /// <summary>When it came to its end, UTC ticks.</summary>
    public long? DoneTicks { get; init; }

    /// <summary>What went wrong last; never holds the address.</summary>
    public string? Error { get; init; }

    /// <summary>What the receiver can know a repeat by.</summary>
    public string DedupKey => Alert.Id + ":" + Alert.State;

    internal const string Pending = "pending";
    internal const string Delivered = "delivered";
    internal const string Refused = "refused";
    internal const string Failed = "failed";
    internal const string Dropped = "dropped";
}
