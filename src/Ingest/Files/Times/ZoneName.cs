using System.Globalization;

namespace Bongsu.Ingest.Files.Times;

/// <summary>Reads what a user gives for <c>--timezone</c>: an IANA or Windows name, an offset, <c>UTC</c> or
/// <c>local</c>.</summary>
public static class ZoneName
{
    /// <summary>Finds the zone.</summary>
    /// <param name="text">For instance <c>Asia/Seoul</c>, <c>+09:00</c>, <c>UTC</c>; null, empty or <c>local</c> for
    /// the machine's.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="error">Why there is none.</param>
    public static bool TryFind(string? text, out TimeZoneInfo zone, out string? error)
    {
        zone = TimeZoneInfo.Local;
        error = null;
        if (string.IsNullOrWhiteSpace(text) || text.Equals("local", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (text is "Z" or "z" || text.Equals("utc", StringComparison.OrdinalIgnoreCase))
        {
            zone = TimeZoneInfo.Utc;
            return true;
        }

        if (text[0] is '+' or '-')
        {
            return TryOffset(text, out zone, out error);
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? found))
        {
            zone = found;
            return true;
        }

        error = $"unknown time zone '{text}': expected a name such as Asia/Seoul, an offset such as +09:00, UTC or local";
        return false;
    }

    private static bool TryOffset(string text, out TimeZoneInfo zone, out string? error)
    {
        string[] formats = ["hh\\:mm", "hhmm", "hh", "%h"];
        if (!TimeSpan.TryParseExact(text[1..], formats, CultureInfo.InvariantCulture, out TimeSpan offset) ||
            offset > TimeSpan.FromHours(14))
        {
            zone = TimeZoneInfo.Utc;
            error = $"unknown time offset '{text}': expected ±hh:mm within 14 hours";
            return false;
        }

        offset = text[0] == '-' ? -offset : offset;
        string id = offset == TimeSpan.Zero ? "UTC" : text;
        zone = TimeZoneInfo.CreateCustomTimeZone(id, offset, id, id);
        error = null;
        return true;
    }
}
