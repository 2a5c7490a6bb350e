using System.Buffers.Binary;
using System.Buffers.Text;

namespace Bongsu.Ingest.Fields;

/// <summary>Reads event times in the shapes loggers write: ISO 8601 and near it, epoch numbers, RFC 2822, access-log
/// times.</summary>
/// <remarks>
/// The table of shapes: docs/guide/fields.md. Digits below a nanosecond are dropped. Remembers the last day, so a time
/// of the
/// same day in the usual form costs few nanoseconds. Not thread-safe.
/// </remarks>
public sealed class TimeParser
{
    private const int DayBytes = 10;
    private const long NsPerSecond = 1_000_000_000;

    // An epoch number below 1973-03-03 in seconds is taken for something else (a duration, a counter).
    private const long MinEpochSeconds = 100_000_000;
    private const long MaxEpochSeconds = 100_000_000_000;

    private readonly TimeZoneInfo? _defaultZone;
    private readonly byte[] _day = new byte[DayBytes];
    private long _dayTicks;

    /// <summary>A parser.</summary>
    /// <param name="defaultZone">Zone of times that name none; null for UTC.</param>
    public TimeParser(TimeZoneInfo? defaultZone = null)
    {
        _defaultZone = defaultZone == TimeZoneInfo.Utc ? null : defaultZone;
    }

    /// <summary>Reads a whole text, blanks around it allowed.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out EventTime time)
    {
        if (TryParseUsual(text, out time))
        {
            return true;
        }

        text = text.Trim(" \t"u8);
        if (text.Length is < 8 or > 64)
        {
            return false;
        }

        if (text.Length >= DayBytes && IsDigit(text[3]) && text[4] is (byte)'-' or (byte)'/')
        {
            return TryParseIso(text, out time);
        }

        return TryParseEpoch(text, out time) || TryParseCompact(text, out time) ||
            NamedMonthTime.TryParse(text, _defaultZone, out time);
    }

    /// <summary>Takes a number for seconds, milliseconds, microseconds or nanoseconds since 1970, by its
    /// size.</summary>
    /// <returns>False below 100,000,000 (1973 in seconds) and past the year 9999.</returns>
    public static bool TryFromNumber(long number, out EventTime time)
    {
        time = default;
        long unitsPerSecond = number switch
        {
            < MinEpochSeconds => 0,
            < MaxEpochSeconds => 1,
            < MaxEpochSeconds * 1_000 => 1_000,
            < MaxEpochSeconds * 1_000_000 => 1_000_000,
            _ => NsPerSecond,
        };
        if (unitsPerSecond == 0)
        {
            return false;
        }

        (long seconds, long fraction) = Math.DivRem(number, unitsPerSecond);
        return TryFromUnix(seconds, fraction * (NsPerSecond / unitsPerSecond), out time);
    }

    /// <summary>As <see cref="TryFromNumber(long, out EventTime)"/>, with a fraction; exact to a double's
    /// precision.</summary>
    public static bool TryFromNumber(double number, out EventTime time)
    {
        time = default;
        if (!(number >= MinEpochSeconds && number < 1e18))
        {
            return false;
        }

        if (number == Math.Floor(number))
        {
            return TryFromNumber((long)number, out time);
        }

        double unitsPerSecond = number < MaxEpochSeconds ? 1 : number < 1e14 ? 1e3 : number < 1e17 ? 1e6 : 1e9;
        double seconds = Math.Floor(number / unitsPerSecond);

        // A double of seconds holds about 0.2 µs today: more digits would be noise.
        double micros = Math.Round((number - (seconds * unitsPerSecond)) * (1e6 / unitsPerSecond));
        return TryFromUnix((long)seconds, (long)micros * 1_000, out time);
    }

    /// <summary>Nanoseconds since 1970 (OTLP); false for 0, which there means unknown.</summary>
    public static bool TryFromUnixNanoseconds(ulong nanoseconds, out EventTime time)
    {
        time = default;
        return nanoseconds != 0 &&
            TryFromUnix((long)(nanoseconds / (ulong)NsPerSecond), (long)(nanoseconds % (ulong)NsPerSecond), out time);
    }

    internal static bool TryFromUnix(long seconds, long nanoseconds, out EventTime time)
    {
        time = default;
        if (seconds is < -62_135_596_800 or > 253_402_300_799)
        {
            return false;
        }

        long ticks = DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100);
        time = new EventTime(ticks, (int)(nanoseconds % 100));
        return true;
    }

    internal static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    /// <summary>Two digits at a position; negative where they are none.</summary>
    internal static int TwoDigits(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)(text[at] - '0');
        uint ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -1;
    }

    /// <summary>Applies an offset written in the text, or the default zone, to a local time.</summary>
    internal static bool TryToUtc(
        long localTicks, int remainderNs, ReadOnlySpan<byte> zone, TimeZoneInfo? defaultZone, out EventTime time)
    {
        time = default;
        if (!ZoneOffset.TryParse(zone, out long? offsetTicks))
        {
            return false;
        }

        long ticks = localTicks;
        if (offsetTicks is { } offset)
        {
            ticks -= offset;
        }
        else if (defaultZone is not null && localTicks <= DateTime.MaxValue.Ticks)
        {
            ticks -= defaultZone.GetUtcOffset(new DateTime(localTicks, DateTimeKind.Unspecified)).Ticks;
        }

        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new EventTime(ticks, remainderNs);
        return true;
    }

    /// <summary>Ticks of a day; false where there is no such day.</summary>
    internal static bool TryDay(int year, int month, int day, out long ticks)
    {
        ticks = 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return true;
    }

    // YYYY-MM-DD[T ]HH:MM:SS[.1-9 digits]Z of the day seen last.
    private bool TryParseUsual(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        if (text.Length is < 20 or > 30 || text[^1] != 'Z' || !IsSameDay(text))
        {
            return false;
        }

        if (text.Length == 24 && TryMilliseconds(text, out long dayMs))
        {
            time = new EventTime(_dayTicks + (dayMs * TimeSpan.TicksPerMillisecond), 0);
            return true;
        }

        return (text[10] is (byte)'T' or (byte)' ') && TryTimeOfDay(text, 11, out long ticks, out int remainderNs, out int at) &&
            at == text.Length - 1 && TryToUtc(_dayTicks + ticks, remainderNs, "Z"u8, null, out time);
    }

    private bool IsSameDay(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> day = _day;
        return BinaryPrimitives.ReadUInt64LittleEndian(text) == BinaryPrimitives.ReadUInt64LittleEndian(day) &&
            BinaryPrimitives.ReadUInt16LittleEndian(text[8..]) == BinaryPrimitives.ReadUInt16LittleEndian(day[8..]);
    }

    // THH:MM:SS.mmm below 24 hours and without a leap second; false for anything else.
    private static bool TryMilliseconds(ReadOnlySpan<byte> text, out long dayMs)
    {
        int hour = TwoDigits(text, 11);
        int minute = TwoDigits(text, 14);
        int second = TwoDigits(text, 17);
        int high = TwoDigits(text, 20);
        uint low = (uint)(text[22] - '0');
        dayMs = (((((hour * 60L) + minute) * 60) + second) * 1000) + (high * 10) + low;
        return (uint)hour < 24 && (uint)minute < 60 && (uint)second < 60 && high >= 0 && low <= 9 &&
            text[13] == ':' && text[16] == ':' && text[19] == '.' && (text[10] is (byte)'T' or (byte)' ');
    }

    private bool TryParseIso(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        int century = TwoDigits(text, 0);
        int month = TwoDigits(text, 5);
        int day = TwoDigits(text, 8);
        if (century < 0 || TwoDigits(text, 2) < 0 || text[7] != text[4] ||
            !TryDay((century * 100) + TwoDigits(text, 2), month, day, out long dayTicks))
        {
            return false;
        }

        text[..DayBytes].CopyTo(_day);
        _dayTicks = dayTicks;
        if (text.Length == DayBytes)
        {
            return TryToUtc(dayTicks, 0, default, _defaultZone, out time);
        }

        return (text[10] is (byte)'T' or (byte)'t' or (byte)' ' or (byte)'_') &&
            TryTimeOfDay(text, 11, out long ticks, out int remainderNs, out int at) &&
            TryToUtc(dayTicks + ticks, remainderNs, text[at..], _defaultZone, out time);
    }

    // 20261120T010203[.123]Z
    private bool TryParseCompact(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        if (text.Length < 15 || text[8] is not ((byte)'T' or (byte)'t' or (byte)'-' or (byte)' '))
        {
            return false;
        }

        Span<byte> spread = stackalloc byte[96];
        ReadOnlySpan<byte> template = "0000-00-00T00:00:00"u8;
        template.CopyTo(spread);
        text[..4].CopyTo(spread);
        text.Slice(4, 2).CopyTo(spread[5..]);
        text.Slice(6, 2).CopyTo(spread[8..]);
        text.Slice(9, 2).CopyTo(spread[11..]);
        text.Slice(11, 2).CopyTo(spread[14..]);
        text.Slice(13, 2).CopyTo(spread[17..]);
        text[15..].CopyTo(spread[19..]);
        return TryParseIso(spread[..(19 + text.Length - 15)], out time);
    }

    private static bool TryParseEpoch(ReadOnlySpan<byte> text, out EventTime time)
    {
        time = default;
        if (Utf8Parser.TryParse(text, out long whole, out int consumed) && consumed == text.Length)
        {
            return TryFromNumber(whole, out time);
        }

        // "1700000000.123456789": exact, where a double would not be.
        if (consumed is > 0 and <= 11 && consumed < text.Length && text[consumed] == '.' && whole >= MinEpochSeconds)
        {
            int at = consumed + 1;
            long nanoseconds = Fraction(text, ref at);
            return at > consumed + 1 && at == text.Length && TryFromUnix(whole, nanoseconds, out time);
        }

        return Utf8Parser.TryParse(text, out double number, out consumed) && consumed == text.Length &&
            TryFromNumber(number, out time);
    }

    /// <summary>HH:MM[:SS[(.|,)digits]] from a position on; 24:00 and a leap second's :60 pass into the next day or
    /// minute.</summary>
    internal static bool TryTimeOfDay(
        ReadOnlySpan<byte> text, int start, out long ticks, out int remainderNs, out int end)
    {
        ticks = 0;
        remainderNs = 0;
        end = start + 5;
        if (text.Length < end || text[start + 2] != ':')
        {
            return false;
        }

        int hour = TwoDigits(text, start);
        int minute = TwoDigits(text, start + 3);
        int second = 0;
        long nanoseconds = 0;
        if (text.Length >= end + 3 && text[end] == ':')
        {
            second = TwoDigits(text, end + 1);
            end += 3;
            if (text.Length > end + 1 && text[end] is (byte)'.' or (byte)',' && IsDigit(text[end + 1]))
            {
                end++;
                nanoseconds = Fraction(text, ref end);
            }
        }

        if ((uint)hour > 24 || (uint)minute > 59 || (uint)second > 60)
        {
            return false;
        }

        long seconds = (hour * 3600L) + (minute * 60L) + second;
        ticks = (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100);
        remainderNs = (int)(nanoseconds % 100);
        return hour < 24 || ticks == TimeSpan.TicksPerDay;
    }

    // Digits after the point, as nanoseconds; digits past the ninth are read over.
    private static long Fraction(ReadOnlySpan<byte> text, ref int at)
    {
        long nanoseconds = 0;
        int digits = 0;
        for (; at < text.Length && IsDigit(text[at]); at++)
        {
            if (digits < 9)
            {
                nanoseconds = (nanoseconds * 10) + (text[at] - '0');
                digits++;
            }
        }

        ReadOnlySpan<long> scale = [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
        return nanoseconds * scale[digits];
    }
}
