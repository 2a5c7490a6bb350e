namespace Bongsu.Query.Functions.Time;

/// <summary>The clock of a time zone to UTC.</summary>
internal sealed class LocalToUtc() : ZoneFunction("datetime_local_to_utc", toLocal: false);
