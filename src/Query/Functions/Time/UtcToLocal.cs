namespace Bongsu.Query.Functions.Time;

/// <summary>UTC to the clock of a time zone.</summary>
internal sealed class UtcToLocal() : ZoneFunction("datetime_utc_to_local", toLocal: true);
