namespace Bongsu.Alert.Bands;

/// <summary>How the bands of one rule are made.</summary>
public sealed record BandOptions
{
    /// <summary>Length of a point's slot; more than 0.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Half the width of the band in robust standard deviations; more than 0. The default pages rarely.</summary>
    public double Sensitivity { get; init; } = 5;

    /// <summary>Which repetition is expected.</summary>
    public SeasonChoice Season { get; init; } = SeasonChoice.Auto;

    /// <summary>Whether values above the band are anomalous.</summary>
    public bool IsUpper { get; init; } = true;

    /// <summary>Whether values below the band are anomalous.</summary>
    public bool IsLower { get; init; } = true;

    /// <summary>Points that must have been learnt before anything is judged; a day's worth, and 30 at least, where
    /// null.</summary>
    public int? MinPoints { get; init; }

    /// <summary>Half the width is at least this share of what is expected, however steady the series was.</summary>
    public double MinRelativeWidth { get; init; } = 0.05;

    /// <summary>Half the width is at least this, in the series' own unit.</summary>
    public double MinWidth { get; init; }

    /// <summary>After values have been steadily off for so long the band moves to the new level.</summary>
    public TimeSpan ShiftAfter { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Points to learn before judging, with the default filled in.</summary>
    internal int ReadyPoints => MinPoints ?? Math.Max(30, (int)Math.Min(100_000, TimeSpan.TicksPerDay / Math.Max(1, Step.Ticks)));
}
