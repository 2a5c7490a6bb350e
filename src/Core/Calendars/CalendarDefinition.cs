using Bongsu.Core.Collections;

namespace Bongsu.Core.Calendars;

/// <summary>A calendar as people write it.</summary>
public sealed record CalendarDefinition
{
    /// <summary>By which rules refer to it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The time zone of its local dates and times of day.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether the public holidays of South Korea are holidays.</summary>
    public bool HasKoreanHolidays { get; init; }

    /// <summary>Whether 1 May is a holiday too, where the Korean ones are.</summary>
    public bool HasWorkersDay { get; init; } = true;

    /// <summary>Further holidays.</summary>
    public ValueList<CalendarSpan> Holidays { get; init; } = [];

    /// <summary>Dates that are ordinary working days whatever else they are.</summary>
    public ValueList<CalendarSpan> Workdays { get; init; } = [];

    /// <summary>Spans in which the company's business is out of the ordinary; nothing is learnt from them.</summary>
    public ValueList<CalendarSpan> Freezes { get; init; } = [];
}
