namespace Bongsu.Query.Functions.Time;

/// <summary>Midnight at the beginning of the week, a Sunday.</summary>
internal sealed class StartOfWeek() : PeriodFunction("startofweek", CalendarUnit.Week);
