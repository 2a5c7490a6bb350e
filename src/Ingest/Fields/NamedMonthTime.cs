using System.Text;

namespace Bongsu.Ingest.Fields;

/// <summary>Times that name the month: RFC 2822 (section 3.3), RFC 1123, and the access log's <c>20/Nov/2026:01:02:03
/// +0900</c>.</summary>
internal static class NamedMonthTime
{
    private static readonly string[] s_months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public static bool TryParse(ReadOnlySpan<byte> text, TimeZoneInfo? defaultZone, out EventTime time)
    {
        time = default;
        text = text.Trim("[]"u8);
        int comma = text.IndexOf((byte)',');
        if (comma is > 0 and < 10)
        {
            text = text[(comma + 1)..].TrimStart((byte)' ');
        }

        int at = 0;
        int day = Number(text, ref at, 2);
        if (day < 0 || !Separator(text, ref at, out byte separator) || at + 3 > text.Length)
        {
            return false;
        }

        int month = Month(text.Slice(at, 3));
        at += 3;
        if (month < 0 || at >= text.Length || text[at++] != separator)
        {
            return false;
        }

        int yearAt = at;
        int year = Number(text, ref at, 4);
        if (year < 0 || at - yearAt is not (2 or 4) || at >= text.Length || text[at] is not ((byte)' ' or (byte)':'))
        {
            return false;
        }

        // RFC 2822 section 4.3: two-digit years.
        year += at - yearAt == 4 ? 0 : year < 50 ? 2000 : 1900;
        return TimeParser.TryDay(year, month, day, out long dayTicks) &&
            TimeParser.TryTimeOfDay(text, at + 1, out long ticks, out int remainderNs, out int end) &&
            TimeParser.TryToUtc(dayTicks + ticks, remainderNs, text[end..], defaultZone, out time);
    }

    private static int Number(ReadOnlySpan<byte> text, ref int at, int maxDigits)
    {
        int start = at;
        int value = 0;
        for (; at < text.Length && at - start < maxDigits && TimeParser.IsDigit(text[at]); at++)
        {
            value = (value * 10) + (text[at] - '0');
        }

        return at == start ? -1 : value;
    }

    private static bool Separator(ReadOnlySpan<byte> text, ref int at, out byte separator)
    {
        separator = at < text.Length ? text[at] : (byte)0;
        at++;
        return separator is (byte)' ' or (byte)'/' or (byte)'-';
    }

    private static int Month(ReadOnlySpan<byte> name)
    {
        for (int month = 0; month < 12; month++)
        {
            if (Ascii.EqualsIgnoreCase(name, s_months[month]))
            {
                return month + 1;
            }
        }

        return -1;
    }
}
