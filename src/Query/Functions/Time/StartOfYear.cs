namespace Bongsu.Query.Functions.Time;

/// <summary>Midnight at the beginning of the year.</summary>
internal sealed class StartOfYear() : PeriodFunction("startofyear", CalendarUnit.Year);
