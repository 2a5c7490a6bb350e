namespace Bongsu.Query.Functions.Time;

/// <summary>The last tick of the year.</summary>
internal sealed class EndOfYear() : PeriodFunction("endofyear", CalendarUnit.Year);
