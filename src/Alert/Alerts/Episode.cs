namespace Bongsu.Alert.Alerts;

/// <summary>One alert that was told, and the windows it stands for. Times are window ends in UTC ticks.</summary>
internal sealed class Episode
{
    /// <summary>The window its id is made of.</summary>
    public required long IdTicks { get; init; }

    /// <summary>As told last.</summary>
    public required FiringSpan Span { get; set; }

    /// <summary>The first window it ever stood for.</summary>
    public required long HullStartTicks { get; set; }

    /// <summary>The latest window it ever stood for.</summary>
    public required long HullLastTicks { get; set; }

    /// <summary>The end of a part of it that will not change any more; 0 = none. A gap may lie behind it.</summary>
    public long FinalEndTicks { get; set; }

    /// <summary>As told last, with the values of the latest window.</summary>
    public required AlertView Alert { get; set; }

    /// <summary>Whether it goes on.</summary>
    public bool IsFiring => Span.ResolvedTicks == 0;

    /// <summary>Whether it was taken back whole.</summary>
    public bool IsEmpty => Span.ResolvedTicks == Span.StartTicks;

    /// <summary>Whether it is over, and no window up to a time can change that.</summary>
    public bool IsFinalAt(long ticks) => !IsFiring && Math.Max(Math.Max(Span.ResolvedTicks, Span.FiringTicks), HullLastTicks) <= ticks;

    /// <summary>Whether a run of windows is this alert's.</summary>
    /// <remarks>A run that came to fire after all this alert ever stood for is news: it is told as another.</remarks>
    public bool Owns(FiringSpan span) =>
        (span.StartTicks <= HullLastTicks && HullStartTicks <= span.ThroughTicks && span.FiringTicks <= HullLastTicks) ||
        span.StartTicks == IdTicks;

    /// <summary>Lets it stand for other windows.</summary>
    public void Cover(FiringSpan span)
    {
        Span = span;
        HullStartTicks = Math.Min(HullStartTicks, span.StartTicks);
        HullLastTicks = Math.Max(HullLastTicks, span.ThroughTicks);
    }
}
