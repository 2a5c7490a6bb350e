namespace Bongsu.Query.Functions.Time;

/// <summary>Parts of a calendar that periods begin and end with.</summary>
internal enum CalendarUnit
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
