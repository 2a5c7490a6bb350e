namespace Bongsu.Query.Functions.Time;

/// <summary>Midnight at the beginning of the day.</summary>
internal sealed class StartOfDay() : PeriodFunction("startofday", CalendarUnit.Day);
