namespace Bongsu.Stream.Events;

/// <summary>Times a job is expected at.</summary>
/// <param name="Cron">Five fields: minute, hour, day of month, month, day of week.</param>
/// <param name="TimeZone">IANA id its fields are read in.</param>
public sealed record JobSchedule(string Cron, string TimeZone);
