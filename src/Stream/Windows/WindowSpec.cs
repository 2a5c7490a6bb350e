namespace Bongsu.Stream.Windows;

/// <summary>
/// The windows of a continuous query: every <see cref="EveryTicks"/> one ends, at multiples of it since year 1 (as
/// KQL's <c>bin()</c> aligns), and holds the rows of <see cref="WindowTicks"/> before its end.
/// </summary>
public sealed record WindowSpec
{
    /// <summary>Most slots in one window.</summary>
    public const int MaxSlotsPerWindow = 10_000;

    /// <summary>Makes a specification.</summary>
    /// <param name="every">Time between window ends; at least one second.</param>
    /// <param name="window">Length of each; at least one second.</param>
    /// <param name="lateness">How long after a window's end rows for it are waited for.</param>
    /// <exception cref="ArgumentException">A value is out of range, or the two lengths have no common slot.</exception>
    public WindowSpec(TimeSpan every, TimeSpan window, TimeSpan lateness)
    {
        Require(every >= TimeSpan.FromSeconds(1), "every must be at least 1s");
        Require(every <= TimeSpan.FromDays(1), "every must be at most 1d");
        Require(window >= TimeSpan.FromSeconds(1), "window must be at least 1s");
        Require(window <= TimeSpan.FromDays(31), "window must be at most 31d");
        Require(lateness >= TimeSpan.Zero, "lateness must not be negative");
        Require(lateness <= TimeSpan.FromDays(1), "lateness must be at most 1d");
        EveryTicks = every.Ticks;
        WindowTicks = window.Ticks;
        LatenessTicks = lateness.Ticks;
        SlotTicks = GreatestCommonDivisor(EveryTicks, WindowTicks);
        Require(
            WindowTicks / SlotTicks <= MaxSlotsPerWindow,
            $"window {window} is {WindowTicks / SlotTicks} slots of {TimeSpan.FromTicks(SlotTicks)} (the greatest common divisor of "
                + $"every and window), at most {MaxSlotsPerWindow}; choose a coarser every, or a window that is a multiple of it");
    }

    /// <summary>Time between window ends.</summary>
    public long EveryTicks { get; }

    /// <summary>Length of a window.</summary>
    public long WindowTicks { get; }

    /// <summary>Distance of the watermark behind event time.</summary>
    public long LatenessTicks { get; }

    /// <summary>Length of a slot: every window is a whole number of them.</summary>
    public long SlotTicks { get; }

    /// <summary>Start of the slot a time is in.</summary>
    public long SlotOf(long ticks) => Floor(ticks, SlotTicks);

    /// <summary>The latest window end at or before a time.</summary>
    public long EndAtOrBefore(long ticks) => Floor(ticks, EveryTicks);

    /// <summary>The first window end whose window may hold a slot (it does unless windows leave gaps).</summary>
    public long FirstEndOf(long slotTicks) => Floor(slotTicks + SlotTicks + EveryTicks - 1, EveryTicks);

    /// <summary>The last window end whose window may hold a slot; below <see cref="FirstEndOf"/> for a slot in a
    /// gap.</summary>
    public long LastEndOf(long slotTicks) => Floor(slotTicks + WindowTicks, EveryTicks);

    private static long Floor(long ticks, long step) => ticks - (((ticks % step) + step) % step);

    private static long GreatestCommonDivisor(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
