namespace Bongsu.Core.Calendars;

/// <summary>Why a day is a holiday.</summary>
public enum HolidayKind
{
    /// <summary>A public holiday by law.</summary>
    Public,

    /// <summary>A weekday in place of a public holiday that fell on a weekend or on another one.</summary>
    Substitute,

    /// <summary>Declared by the government for one year.</summary>
    Temporary,

    /// <summary>The day of a general election.</summary>
    Election,

    /// <summary>1 May: a paid day off and closed banks, though not a public holiday.</summary>
    WorkersDay,
}
