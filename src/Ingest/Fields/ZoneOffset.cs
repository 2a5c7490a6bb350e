namespace Bongsu.Ingest.Fields;

/// <summary>The offset behind a time: <c>Z</c>, <c>+09</c>, <c>+0900</c>, <c>-03:30</c>, <c>UTC</c>,
/// <c>KST</c>.</summary>
internal static class ZoneOffset
{
    /// <summary>Reads an offset, a blank before it allowed.</summary>
    /// <param name="text">Nothing, or the whole offset.</param>
    /// <param name="ticks">Local time minus UTC; null where the text is empty.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long? ticks)
    {
        ticks = null;
        text = text.TrimStart((byte)' ');
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
        {
            ticks = 0;
            return true;
        }

        return text[0] is (byte)'+' or (byte)'-' ? TryNumeric(text, out ticks) : TryNamed(text, out ticks);
    }

    private static bool TryNumeric(ReadOnlySpan<byte> text, out long? ticks)
    {
        ticks = null;
        int minutesAt = text.Length switch
        {
            3 => 0,
            5 => 3,
            6 when text[3] == ':' => 4,
            _ => -1,
        };
        if (minutesAt < 0)
        {
            return false;
        }

        int hours = TimeParser.TwoDigits(text, 1);
        int minutes = minutesAt == 0 ? 0 : TimeParser.TwoDigits(text, minutesAt);
        if (hours is < 0 or > 18 || minutes is < 0 or > 59)
        {
            return false;
        }

        long offset = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        ticks = text[0] == '-' ? -offset : offset;
        return true;
    }

    // Only names that mean one offset everywhere they are used in logs; "CST" and "IST" mean several.
    private static bool TryNamed(ReadOnlySpan<byte> text, out long? ticks)
    {
        int hours = text switch
        {
            _ when text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8) || text.SequenceEqual("UT"u8) => 0,
            _ when text.SequenceEqual("KST"u8) || text.SequenceEqual("JST"u8) => 9,
            _ when text.SequenceEqual("CET"u8) => 1,
            _ when text.SequenceEqual("CEST"u8) => 2,
            _ when text.SequenceEqual("EST"u8) => -5,
            _ when text.SequenceEqual("EDT"u8) => -4,
            _ when text.SequenceEqual("PST"u8) => -8,
            _ when text.SequenceEqual("PDT"u8) => -7,
            _ => int.MinValue,
        };
        ticks = hours == int.MinValue ? null : hours * TimeSpan.TicksPerHour;
        return ticks is not null;
    }
}
