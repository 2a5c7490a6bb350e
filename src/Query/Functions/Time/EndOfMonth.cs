namespace Bongsu.Query.Functions.Time;

/// <summary>The last tick of the month.</summary>
internal sealed class EndOfMonth() : PeriodFunction("endofmonth", CalendarUnit.Month);
