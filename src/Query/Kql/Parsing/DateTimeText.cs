using System.Globalization;
using System.Text.RegularExpressions;

namespace Bongsu.Query.Kql.Parsing;

/// <summary>The free forms of a datetime: ISO 8601 with any part left out and any spacing, <c>y, M, d</c> lists, RFC
/// 822 and 850, month/day/year.</summary>
/// <remarks>UTC where no offset is written. Digits past 100 ns are cut.</remarks>
internal static partial class DateTimeText
{
    private static readonly string[] s_zones = [" UTC", " GMT", " UT", " Z"];

    /// <summary>Parses a time to UTC ticks.</summary>
    public static bool TryParse(string text, out long ticks)
    {
        text = text.Trim();
        Match iso = IsoForm().Match(text);
        if (iso.Success)
        {
            return TryAssemble(iso, out ticks);
        }

        foreach (string zone in s_zones)
        {
            if (text.EndsWith(zone, StringComparison.OrdinalIgnoreCase))
            {
                text = text[..^zone.Length].TrimEnd();
                break;
            }
        }

        // The name of the day says nothing new, and a two-digit year rarely agrees with it.
        text = DayName().Replace(text, "");
        bool parsed = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
            out DateTimeOffset time);
        ticks = parsed ? time.UtcTicks : 0;
        return parsed && text.Any(char.IsAsciiDigit) && !TimeOnly().IsMatch(text);
    }

    private static bool TryAssemble(Match iso, out long ticks)
    {
        ticks = 0;
        int year = Part(iso, "y", 1);
        int month = Part(iso, "M", 1);
        int day = Part(iso, "d", 1);
        int hour = Part(iso, "h", 0);
        int minute = Part(iso, "m", 0);
        int second = Part(iso, "s", 0);
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 24 || minute > 59 || second > 59)
        {
            return false;
        }

        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks
            + (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond);
        string fraction = iso.Groups["f"].Value;
        if (fraction.Length > 0)
        {
            ticks += long.Parse(fraction.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture);
        }

        if (iso.Groups["o"].Success)
        {
            long offset = (Part(iso, "oh", 0) * TimeSpan.TicksPerHour) + (Part(iso, "om", 0) * TimeSpan.TicksPerMinute);
            ticks -= iso.Groups["o"].Value[0] == '-' ? -offset : offset;
        }

        return ticks is >= 0 and <= 3155378975999999999;
    }

    private static int Part(Match iso, string name, int absent) =>
        iso.Groups[name].Success ? int.Parse(iso.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : absent;

    [GeneratedRegex(
        """
        ^(?:(?<y>\d{4})(?:\s*[-/.,]\s*(?<M>\d{1,2})(?:\s*[-/.,]\s*(?<d>\d{1,2}))?)?|(?<y>\d{4})(?<M>\d{2})(?<d>\d{2}))
        (?:(?:\s*T\s*|\s*,\s*|\s+)(?<h>\d{1,2})\s*[:,]\s*(?<m>\d{1,2})(?:\s*[:,]\s*(?<s>\d{1,2})(?:[.,](?<f>\d+))?)?)?
        (?:\s*(?:Z|UTC|GMT|(?<o>[+-])(?<oh>\d{1,2}):?(?<om>\d{2})?))?$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex IsoForm();

    [GeneratedRegex(
        @"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*,?\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DayName();

    [GeneratedRegex(@"^[\d:.\s]+$", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOnly();
}
