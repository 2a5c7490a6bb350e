namespace Bongsu.Alert.Judges;

/// <summary>From which history each window is judged: given by event time alone, so that it is the same live, after a crash and
/// in a backtest.</summary>
/// <remarks>Bands are learnt from what was before a Monday, and while a table is young, of its first day, two and four. They
/// hold from a while later on, when late rows have come and it was learnt.</remarks>
/// <param name="FirstTicks">The table's first row; <see cref="long.MaxValue"/> where there is none.</param>
/// <param name="DelayTicks">From the end of a history until it counts.</param>
internal readonly record struct LearnTimes(long FirstTicks, long DelayTicks)
{
    /// <summary>No history.</summary>
    public const long Never = 0;

    // 1 January of the year 1 was a Monday.
    private const long WeekTicks = 7 * TimeSpan.TicksPerDay;

    private static readonly int[] s_firstDays = [4, 2, 1];

    /// <summary>The end of the history that a window is judged by; <see cref="Never"/> where there is none.</summary>
    /// <param name="endTicks">The window's end.</param>
    public long For(long endTicks) => EndedBy(endTicks - DelayTicks - 1);

    /// <summary>The end of the last history that ended at or before a time; <see cref="Never"/> where there is none.</summary>
    public long EndedBy(long ticks)
    {
        if (ticks <= FirstTicks)
        {
            return Never;
        }

        long monday = ticks - (ticks % WeekTicks);
        long best = monday > FirstTicks ? monday : Never;
        long firstDay = ((FirstTicks / TimeSpan.TicksPerDay) + 1) * TimeSpan.TicksPerDay;
        foreach (int days in s_firstDays)
        {
            long young = firstDay + (days * TimeSpan.TicksPerDay);
            best = young <= ticks ? Math.Max(best, young) : best;
        }

        return best;
    }
}
