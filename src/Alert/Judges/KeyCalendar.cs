namespace Bongsu.Alert.Judges;

/// <summary>The calendar of keys that hold a value.</summary>
/// <param name="Value">In the column <see cref="BandSpec.CalendarBy"/>, as text.</param>
/// <param name="Calendar">As <see cref="BandSpec.Calendar"/>.</param>
public sealed record KeyCalendar(string Value, string? Calendar);
