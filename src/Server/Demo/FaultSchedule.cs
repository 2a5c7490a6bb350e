namespace Bongsu.Server.Demo;

/// <summary>When faults happen: the first 45 s after the start, then one every four minutes; in the history a few, none
/// in its
/// last two hours.</summary>
internal sealed class FaultSchedule
{
    /// <summary>How long after the start the first fault begins.</summary>
    public static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(100);
    private static readonly Faults[] s_cycle = [Faults.CacheOutOfMemory, Faults.BadDeploy, Faults.SlowDatabase];

    // Hours before the start, and which: what somebody exploring yesterday's logs will find.
    private static readonly (double HoursBefore, Faults Fault)[] s_past =
    [
        (21.4, Faults.SlowDatabase), (14.2, Faults.CacheOutOfMemory), (9.7, Faults.BadDeploy), (4.3, Faults.SlowDatabase),
    ];

    private readonly long _historyEndTicks;

    /// <summary>A schedule of a history; nothing goes wrong after it until <see cref="LiveStartTicks"/> is
    /// set.</summary>
    public FaultSchedule(long historyEndTicks)
    {
        _historyEndTicks = historyEndTicks;
    }

    /// <summary>When the live part began: faults are counted from here.</summary>
    public long LiveStartTicks { get; set; } = long.MaxValue;

    /// <summary>The fault of a moment.</summary>
    public Faults At(long ticks)
    {
        if (ticks >= LiveStartTicks)
        {
            long sinceFirst = ticks - LiveStartTicks - FirstAfter.Ticks;
            return sinceFirst >= 0 && sinceFirst % s_interval.Ticks < s_duration.Ticks
                ? s_cycle[sinceFirst / s_interval.Ticks % s_cycle.Length]
                : Faults.None;
        }

        foreach ((double hours, Faults fault) in s_past)
        {
            long begin = _historyEndTicks - (long)(hours * TimeSpan.TicksPerHour);
            if (ticks >= begin && ticks < begin + (6 * TimeSpan.TicksPerMinute))
            {
                return fault;
            }
        }

        return Faults.None;
    }
}
