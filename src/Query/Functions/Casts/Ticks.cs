namespace Bongsu.Query.Functions.Casts;

/// <summary>Limits and sizes of datetimes and timespans, in 100 ns ticks.</summary>
internal static class Ticks
{
    public const long PerMicrosecond = 10;
    public const long PerMillisecond = 10_000;
    public const long PerSecond = 10_000_000;
    public const long PerMinute = 60 * PerSecond;
    public const long PerHour = 60 * PerMinute;
    public const long PerDay = 24 * PerHour;

    /// <summary>9999-12-31 23:59:59.9999999.</summary>
    public const long MaxDateTime = 3155378975999999999;

    /// <summary>1970-01-01.</summary>
    public const long UnixEpoch = 621355968000000000;

    /// <summary>Whether ticks lie within the years 1 to 9999.</summary>
    public static bool IsDateTime(long ticks) => (ulong)ticks <= MaxDateTime;
}
