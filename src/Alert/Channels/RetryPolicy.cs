namespace Bongsu.Alert.Channels;

/// <summary>How often and how long a notification is tried again.</summary>
internal sealed record RetryPolicy
{
    /// <summary>Wait after the first failure; doubles with each.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A notification older than this is given up: whoever reads it then is misled.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The wait after a number of failures: "full jitter" over the upper half, so that many senders spread
    /// out.</summary>
    /// <param name="attempts">Failures so far, at least 1.</param>
    /// <param name="random">Source of jitter.</param>
    public TimeSpan DelayAfter(int attempts, Random random)
    {
        double ticks = Math.Min(MaxDelay.Ticks, FirstDelay.Ticks * Math.Pow(2, Math.Min(attempts - 1, 30)));
        return TimeSpan.FromTicks((long)(ticks * (0.5 + (random.NextDouble() / 2))));
    }
}
