using Bongsu.Alert.Bands;
using Bongsu.Alert.Rules;
using Bongsu.Core.Calendars;
using Bongsu.Core.Collections;

namespace Bongsu.Alert.Judges;

/// <summary>A window's value against a band learnt from the key's past.</summary>
/// <param name="Direction">Outside of which bound it fires.</param>
/// <param name="Season">Which repetition is expected.</param>
/// <param name="Learn">How much of the past is learnt from when the rule starts.</param>
public sealed record BandSpec(Direction Direction, Season Season, TimeSpan Learn) : JudgeSpec
{
    /// <summary>Half the width of the band in robust standard deviations; null = the model's own default.</summary>
    public double? Sensitivity { get; init; }

    /// <summary><c>korea</c>, or the name of a calendar of the rules folder; null = no days but those of the
    /// week.</summary>
    public string? Calendar { get; init; }

    /// <summary>Key column that says which calendar is a key's; null = <see cref="Calendar"/> is everyone's.</summary>
    public string? CalendarBy { get; init; }

    /// <summary>Calendars of keys by their value of <see cref="CalendarBy"/>; <see cref="Calendar"/> is that of others.</summary>
    public ValueList<KeyCalendar> KeyCalendars { get; init; } = [];

    /// <summary>IANA id of the time zone days are cut in where the calendar does not say; null = UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Score from which a value is outside, above 0 to 1, where values are scored one by one without a band; null =
    /// by bands.</summary>
    public double? Threshold { get; init; }

    /// <summary>The threshold of scored series where none is given.</summary>
    public const double DefaultThreshold = 0.5;

    /// <summary>Column of <see cref="HistoryQuery"/> that holds the start of a value's slot.</summary>
    public const string SlotColumn = "__slot";

    /// <summary>KQL that gives the values of all slots in a time range, with <see cref="SlotColumn"/>.</summary>
    public string HistoryQuery { get; init; } = "";

    /// <summary>Annotated spans of the rule: values in them are judged, but not learnt from.</summary>
    public ValueList<AnnotatedSpan> Spans { get; init; } = [];

    /// <summary>The calendars named that stand in a file.</summary>
    public ValueList<CalendarDefinition> Calendars { get; init; } = [];

    /// <summary>Names of all calendars it needs but those that are built in.</summary>
    internal IEnumerable<string> CalendarNames =>
        KeyCalendars.Select(key => key.Calendar).Append(Calendar).OfType<string>().Where(name => name != CalendarFile.Korea).Distinct();

    /// <summary>Makes models of new series, by their value of <see cref="CalendarBy"/>.</summary>
    /// <param name="step">Length of a slot.</param>
    internal Func<string, SeriesModel> ModelFactory(TimeSpan step)
    {
        if (Threshold is { } threshold)
        {
            return _ => new StreamedSeries(threshold);
        }

        BandOptions options = OptionsFor(step);
        Calendar others = OpenCalendar(Calendar);
        var calendars = KeyCalendars.ToDictionary(key => key.Value, key => OpenCalendar(key.Calendar), StringComparer.Ordinal);
        return value => new BandSeries(options, calendars.GetValueOrDefault(value, others));
    }

    private Calendar OpenCalendar(string? name) => new(Calendars.FirstOrDefault(known => known.Name == name) ?? new CalendarDefinition
    {
        Name = name ?? "none",
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone ?? (name == CalendarFile.Korea ? "Asia/Seoul" : "UTC")),
        HasKoreanHolidays = name == CalendarFile.Korea,
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
