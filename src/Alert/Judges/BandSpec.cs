using Bongsu.Alert.Bands;
using Bongsu.Alert.Rules;
using Bongsu.Core.Calendars;

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

    /// <summary>Score from which a value is outside, above 0 to 1, where values are scored one by one without a band; null =
    /// by bands.</summary>
    public double? Threshold { get; init; }

    /// <summary>The threshold of scored series where none is given.</summary>
    public const double DefaultThreshold = 0.5;

    /// <summary>Column of <see cref="HistoryQuery"/> that holds the start of a value's slot.</summary>
    public const string SlotColumn = "__slot";

    /// <summary>KQL that gives the values of all slots in a time range, with <see cref="SlotColumn"/>.</summary>
    public string HistoryQuery { get; init; } = "";

    /// <summary>The calendar named, where it stands in a file.</summary>
    public CalendarDefinition? CalendarDefinition { get; init; }

    /// <summary>Makes models of new series.</summary>
    /// <param name="step">Length of a slot.</param>
    internal Func<SeriesModel> ModelFactory(TimeSpan step)
    {
        if (Threshold is { } threshold)
        {
            return () => new StreamedSeries(threshold);
        }

        BandOptions options = OptionsFor(step);
        Calendar calendar = OpenCalendar();
        return () => new BandSeries(options, calendar);
    }

    private Calendar OpenCalendar() => new(CalendarDefinition ?? new CalendarDefinition
    {
        Name = Calendar ?? "none",
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone),
        HasKoreanHolidays = Calendar == CalendarFile.Korea,
    });

    private BandOptions OptionsFor(TimeSpan step)
    {
        var options = new BandOptions
        {
            Step = step,
            Season = Season switch
            {
                Season.None => SeasonChoice.None,
                Season.Day => SeasonChoice.Day,
                Season.Week => SeasonChoice.Week,
                _ => SeasonChoice.Auto,
            },
            IsUpper = Direction != Direction.Down,
            IsLower = Direction != Direction.Up,
        };
        return Sensitivity is { } sensitivity ? options with { Sensitivity = sensitivity } : options;
    }
}
