using System.Buffers;

namespace Bongsu.Query.Functions.Casts;

/// <summary>
/// Reads points in time as KQL writes them: ISO 8601, RFC 822, RFC 850, asctime, and dates with slashes, dots, commas
/// or blanks.
/// </summary>
/// <remarks>
/// UTC unless an offset or zone is given. Of <c>a/b/c</c> the year is the number of four digits, else the last; the
/// month stands first
/// unless that number is above 12. Two-digit years are 1950 to 2049. A day may be left out (2014-11 is its first).
/// </remarks>
internal static class DateTimeText
{
    /// <summary>Reads UTF-8; false where it is no time or lies outside the years 1 to 9999.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        text = text.Trim(" \t\r\n"u8);
        if (TryParseIso(text, out ticks))
        {
            return true;
        }

        Span<char> chars = stackalloc char[64];
        return text.Length <= chars.Length
            && System.Text.Ascii.ToUtf16(text, chars, out int written) == OperationStatus.Done
            && new DateTimeScanner(chars[..written]).TryRead(out ticks);
    }

    /// <summary>Reads text, for instance what stands in <c>datetime(…)</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        Span<byte> bytes = stackalloc byte[128];
        text = text.Trim();
        ticks = 0;
        return text.Length <= bytes.Length
            && System.Text.Ascii.FromUtf16(text, bytes, out int written) == OperationStatus.Done
            && TryParse(bytes[..written], out ticks);
    }

    // yyyy-MM-dd[(T| )HH:mm:ss[.f…]][Z]: the form of almost every log line, without tokens.
    private static bool TryParseIso(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out int year) || !TryDigits(text.Slice(5, 2), out int month) || !TryDigits(text.Slice(8, 2), out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        long date = new DateTime(year, month, day).Ticks;
        if (text.Length == 10)
        {
            ticks = date;
            return true;
        }

        if (text.Length < 19 || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':'
            || !TryDigits(text.Slice(11, 2), out int hour) || !TryDigits(text.Slice(14, 2), out int minute)
            || !TryDigits(text.Slice(17, 2), out int second) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ticks = date + (hour * Ticks.PerHour) + (minute * Ticks.PerMinute) + (second * Ticks.PerSecond);
        ReadOnlySpan<byte> rest = text[19..];
        if (!rest.IsEmpty && rest[^1] == 'Z')
        {
            rest = rest[..^1];
        }

        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] != '.' || rest.Length == 1 || rest[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        long unit = Ticks.PerSecond / 10;
        foreach (byte digit in rest[1..])
        {
            ticks += (digit - '0') * unit;
            unit /= 10;
        }

        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
