namespace Bongsu.Query.Functions.Time;

/// <summary>The last tick of the day.</summary>
internal sealed class EndOfDay() : PeriodFunction("endofday", CalendarUnit.Day);
