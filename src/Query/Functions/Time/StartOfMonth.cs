namespace Bongsu.Query.Functions.Time;

/// <summary>Midnight at the beginning of the month.</summary>
internal sealed class StartOfMonth() : PeriodFunction("startofmonth", CalendarUnit.Month);
