namespace Bongsu.Query.Functions.Time;

/// <summary>The last tick of the week, a Saturday.</summary>
internal sealed class EndOfWeek() : PeriodFunction("endofweek", CalendarUnit.Week);
