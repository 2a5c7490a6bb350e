namespace Bongsu.Alert.Alerts;

/// <summary>A run of windows through which a key fired. Times are window ends in UTC ticks.</summary>
/// <param name="StartTicks">Its first window.</param>
/// <param name="FiringTicks">Where <c>for</c> was full.</param>
/// <param name="LastTicks">The latest window in which the condition held.</param>
/// <param name="ResolvedTicks">The window at which it was over; 0 = it goes on.</param>
internal readonly record struct FiringSpan(long StartTicks, long FiringTicks, long LastTicks, long ResolvedTicks)
{
    /// <summary>The latest time through which it fires.</summary>
    public long ThroughTicks => Math.Max(LastTicks, ResolvedTicks - 1);
}
