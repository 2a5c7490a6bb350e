namespace Bongsu.Core.Calendars;

/// <summary>A named span of local dates, both ends included.</summary>
/// <param name="First">First date.</param>
/// <param name="Last">Last date; not before the first.</param>
/// <param name="Name">What people call it.</param>
public readonly record struct CalendarSpan(DateOnly First, DateOnly Last, string Name = "")
{
    /// <summary>Whether a date is in the span.</summary>
    public bool Contains(DateOnly date) => date >= First && date <= Last;
}
