namespace Bongsu.Core.Calendars;

/// <summary>What sort of day a local date is. Numbers are stored; days of the week are those of
/// <see cref="DayOfWeek"/>.</summary>
public enum DayKind : byte
{
    /// <summary>An ordinary Sunday.</summary>
    Sunday = 0,

    /// <summary>An ordinary Monday.</summary>
    Monday = 1,

    /// <summary>An ordinary Tuesday.</summary>
    Tuesday = 2,

    /// <summary>An ordinary Wednesday.</summary>
    Wednesday = 3,

    /// <summary>An ordinary Thursday.</summary>
    Thursday = 4,

    /// <summary>An ordinary Friday, or a Saturday on which people work.</summary>
    Friday = 5,

    /// <summary>An ordinary Saturday.</summary>
    Saturday = 6,

    /// <summary>A holiday, on whichever day of the week.</summary>
    Holiday = 7,

    /// <summary>A day of the great feasts (Seollal, Chuseok), their substitute days included.</summary>
    MajorHoliday = 8,
}
