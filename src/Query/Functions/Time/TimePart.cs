namespace Bongsu.Query.Functions.Time;

/// <summary>Parts of a time that functions take by name.</summary>
internal enum TimePart
{
    Year,
    Quarter,
    Month,
    WeekOfYear,
    Week,
    Day,
    DayOfYear,
    Hour,
    Minute,
    Second,
    Millisecond,
    Microsecond,
    Nanosecond,
}
