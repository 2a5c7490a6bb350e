using System.Collections.Concurrent;

namespace Bongsu.Query.Functions.Time;

/// <summary>Time zones by IANA name, or by the Windows names of the common ones.</summary>
internal static class TimeZones
{
    private static readonly ConcurrentDictionary<string, TimeZoneInfo?> s_zones = new(StringComparer.OrdinalIgnoreCase);

    // Without ICU .NET knows IANA names only; these are the Windows names that queries are written with.
    private static readonly Dictionary<string, string> s_windows = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = "Etc/UTC",
        ["Pacific Standard Time"] = "America/Los_Angeles",
        ["Mountain Standard Time"] = "America/Denver",
        ["Central Standard Time"] = "America/Chicago",
        ["Eastern Standard Time"] = "America/New_York",
        ["GMT Standard Time"] = "Europe/London",
        ["W. Europe Standard Time"] = "Europe/Berlin",
        ["Romance Standard Time"] = "Europe/Paris",
        ["Israel Standard Time"] = "Asia/Jerusalem",
        ["India Standard Time"] = "Asia/Kolkata",
        ["China Standard Time"] = "Asia/Shanghai",
        ["Korea Standard Time"] = "Asia/Seoul",
        ["Tokyo Standard Time"] = "Asia/Tokyo",
        ["AUS Eastern Standard Time"] = "Australia/Sydney",
    };

    /// <summary>The zone, or null where there is none of that name.</summary>
    public static TimeZoneInfo? Find(string name) => s_zones.Count < 4096
        ? s_zones.GetOrAdd(name, Load)
        : s_zones.GetValueOrDefault(name) ?? Load(name);

    private static TimeZoneInfo? Load(string name)
    {
        // A name is looked up as a file below the zone directory: nothing that could lead out of it.
        if (name.Length > 64 || name.Contains("..", StringComparison.Ordinal) || name.StartsWith('/'))
        {
            return null;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(s_windows.GetValueOrDefault(name, name), out TimeZoneInfo? zone) ? zone : null;
    }
}
