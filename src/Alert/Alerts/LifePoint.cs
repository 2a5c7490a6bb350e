namespace Bongsu.Alert.Alerts;

/// <summary>Where one key of a rule is after a window: nothing, pending, or firing. All times are window ends in UTC
/// ticks; 0 = none.</summary>
/// <param name="StartTicks">First window of the run; 0 = the condition does not hold.</param>
/// <param name="FiringTicks">The window at which the run had lasted for <c>for</c>; 0 = not yet.</param>
/// <param name="LastTicks">The latest window in which the condition held.</param>
internal readonly record struct LifePoint(long StartTicks, long FiringTicks, long LastTicks)
{
    /// <summary>Neither pending nor firing.</summary>
    public bool IsNone => StartTicks == 0;

    /// <summary>Told, or to be told.</summary>
    public bool IsFiring => FiringTicks != 0;

    /// <summary>After a window in which the condition held.</summary>
    public LifePoint Held(long endTicks, long forTicks)
    {
        if (IsFiring)
        {
            return this with { LastTicks = endTicks };
        }

        long start = IsNone ? endTicks : StartTicks;
        return new LifePoint(start, endTicks - start >= forTicks ? endTicks : 0, endTicks);
    }

    /// <summary>After a window in which it did not.</summary>
    public LifePoint Absent(long endTicks, long keepTicks) =>
        IsFiring && endTicks - LastTicks < keepTicks ? this : default;
}
