namespace Bongsu.Alert.Judges;

/// <summary>A window's value against a band learnt from the key's past.</summary>
/// <param name="Direction">Outside of which bound it fires.</param>
/// <param name="Season">Which repetition is expected.</param>
/// <param name="Learn">How much of the past is learnt from when the rule starts.</param>
public sealed record BandSpec(Direction Direction, Season Season, TimeSpan Learn) : JudgeSpec
{
    /// <summary>Half the width of the band in robust standard deviations; null = the model's own default.</summary>
    public double? Sensitivity { get; init; }

    /// <summary><c>korea</c>, or the name of a calendar file of the rules folder; null = no days but those of the
    /// week.</summary>
    public string? Calendar { get; init; }

    /// <summary>IANA id of the time zone days are cut in.</summary>
    public string TimeZone { get; init; } = "UTC";
}
