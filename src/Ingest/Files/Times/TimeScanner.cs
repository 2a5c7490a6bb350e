namespace Bongsu.Ingest.Files.Times;

/// <summary>Recognises a time at a position of a line, in the shapes loggers write. The table for users:
/// docs/guide/files.md.</summary>
internal static class TimeScanner
{
    // 2001-09-09 to 2100: other numbers of ten digits are more likely identifiers than times.
    private const long MinEpochSeconds = 1_000_000_000;
    private const long MaxEpochSeconds = 4_102_444_800;

    /// <summary>Reads the longest time that begins at a position.</summary>
    /// <param name="text">The line.</param>
    /// <param name="start">Where the time begins.</param>
    /// <param name="time">Its parts.</param>
    /// <param name="end">Behind its last byte; a separator that follows is not passed over.</param>
    public static bool TryScan(ReadOnlySpan<byte> text, int start, out ScannedTime time, out int end)
    {
        time = default;
        end = start;
        var cursor = new TimeCursor(text, start);
        byte first = cursor.Current;
        bool isFound = TimeCursor.IsDigit(first)
            ? TryNumeric(ref cursor, ref time)
            : TimeCursor.IsLetter(first) && TryNamed(ref cursor, ref time);
        if (!isFound || (time.HasDay && !IsDate(time)))
        {
            time = default;
            return false;
        }

        end = cursor.At;
        return true;
    }

    private static bool TryNumeric(ref TimeCursor cursor, ref ScannedTime time)
    {
        int digits = cursor.DigitCount();
        return digits switch
        {
            1 or 2 => TryShortDate(ref cursor, digits, ref time),
            4 => TryYearFirst(ref cursor, ref time),
            6 => TryTwoDigitYear(ref cursor, ref time),
            8 => TryCompactDay(ref cursor, ref time),
            10 or 13 or 16 or 19 => TryEpoch(ref cursor, digits, ref time),
            14 => TryCompact(ref cursor, ref time),
            _ => false,
        };
    }

    // 2015-10-18 18:01:47,978  2005/06/03-15.42.50  2005.06.03 15:42:50  2012-025T10:22:40
    private static bool TryYearFirst(ref TimeCursor cursor, ref ScannedTime time)
    {
        byte separator = cursor.Peek(4);
        if (separator is not ((byte)'-' or (byte)'/' or (byte)'.'))
        {
            return TryYearMonthName(ref cursor, ref time);
        }

        time.Year = cursor.FixedNumber(4);
        cursor.At++;
        if (separator == '-' && cursor.DigitCount() == 3)
        {
            return TryDayOfYear(ref cursor, ref time);
        }

        return cursor.TryNumber(1, 2, out time.Month) && cursor.TrySkip(separator) &&
            cursor.TryNumber(1, 2, out time.Day) && TryClockBehindDay(ref cursor, ref time);
    }

    // 2024 Jun 14 15:16:01, as some network equipment writes.
    private static bool TryYearMonthName(ref TimeCursor cursor, ref ScannedTime time)
    {
        time.Year = cursor.FixedNumber(4);
        return cursor.SkipBlanks() && cursor.TryMonthName(out time.Month) && cursor.SkipBlanks() &&
            cursor.TryNumber(1, 2, out time.Day) && TryClockBehindDay(ref cursor, ref time);
    }

    private static bool TryDayOfYear(ref TimeCursor cursor, ref ScannedTime time)
    {
        int dayOfYear = cursor.FixedNumber(3);
        if (time.Year < 1 || dayOfYear < 1 || dayOfYear > (DateTime.IsLeapYear(time.Year) ? 366 : 365))
        {
            return false;
        }

        DateTime day = new DateTime(time.Year, 1, 1).AddDays(dayOfYear - 1);
        time.Month = day.Month;
        time.Day = day.Day;
        return TryClockBehindDay(ref cursor, ref time);
    }

    private static bool TryClockBehindDay(ref TimeCursor cursor, ref ScannedTime time)
    {
        // ISO 8601's T, a blank (or several), or what else is found between day and time: 2005-06-03-15.42,
        // 17/May/2015:10:05.
        if (cursor.Current is (byte)'T' or (byte)'t' or (byte)'-' or (byte)'_' or (byte)':' or (byte)'.')
        {
            cursor.At++;
        }
        else
        {
            cursor.TrySkip((byte)',');
            if (!cursor.SkipBlanks())
            {
                return false;
            }
        }

        if (!cursor.TryTimeOfDay(ref time, allowMinutes: true))
        {
            return false;
        }

        cursor.TryZone(ref time);
        return true;
    }

    // 081109 203615, and MySQL's 150101  7:10:10
    private static bool TryTwoDigitYear(ref TimeCursor cursor, ref ScannedTime time)
    {
        time.Year = 2000 + cursor.FixedNumber(2);
        time.Month = cursor.FixedNumber(2);
        time.Day = cursor.FixedNumber(2);
        return cursor.SkipBlanks() && cursor.TryTimeOfDay(ref time, allowMinutes: false) && IsEnd(cursor);
    }

    // 20171223-22:15:29:606  20120702.102240,672  20261120T010203Z
    private static bool TryCompactDay(ref TimeCursor cursor, ref ScannedTime time)
    {
        time.Year = cursor.FixedNumber(4);
        time.Month = cursor.FixedNumber(2);
        time.Day = cursor.FixedNumber(2);
        return time.Year is >= 1970 and <= 2199 && TryClockBehindDay(ref cursor, ref time);
    }

    private static bool TryCompact(ref TimeCursor cursor, ref ScannedTime time)
    {
        time.Year = cursor.FixedNumber(4);
        time.Month = cursor.FixedNumber(2);
        time.Day = cursor.FixedNumber(2);
        if (time.Year is < 1970 or > 2199 || !cursor.TryTimeOfDay(ref time, allowMinutes: false))
        {
            return false;
        }

        cursor.TryZone(ref time);
        return IsEnd(cursor);
    }

    private static bool TryEpoch(ref TimeCursor cursor, int digits, ref ScannedTime time)
    {
        long seconds = 0;
        long fraction = 0;
        int fractionDigits = 0;
        for (int digit = 0; digit < digits; digit++, cursor.At++)
        {
            if (digit < 10)
            {
                seconds = (seconds * 10) + (cursor.Current - '0');
            }
            else
            {
                fraction = (fraction * 10) + (cursor.Current - '0');
                fractionDigits++;
            }
        }

        if (digits == 10 && cursor.Current == '.' && TimeCursor.IsDigit(cursor.Peek(1)))
        {
            for (cursor.At++; TimeCursor.IsDigit(cursor.Current); cursor.At++)
            {
                if (fractionDigits < 9)
                {
                    fraction = (fraction * 10) + (cursor.Current - '0');
                    fractionDigits++;
                }
            }
        }

        for (; fractionDigits < 9; fractionDigits++)
        {
            fraction *= 10;
        }

        if (seconds is < MinEpochSeconds or >= MaxEpochSeconds || !IsEnd(cursor))
        {
            return false;
        }

        DateTime utc = DateTime.UnixEpoch.AddSeconds(seconds);
        time = new ScannedTime
        {
            Year = utc.Year,
            Month = utc.Month,
            Day = utc.Day,
            Hour = utc.Hour,
            Minute = utc.Minute,
            Second = utc.Second,
            Nanoseconds = (int)fraction,
            HasOffset = true,
            IsEpoch = true,
        };
        return true;
    }

    private static bool TryShortDate(ref TimeCursor cursor, int digits, ref ScannedTime time)
    {
        byte separator = cursor.Peek(digits);
        byte next = cursor.Peek(digits + 1);
        if (separator == ':')
        {
            // A time of day alone: strace -t and the like.
            return cursor.TryTimeOfDay(ref time, allowMinutes: false) && IsEnd(cursor);
        }

        int first = cursor.FixedNumber(digits);
        if (separator is (byte)' ' or (byte)'-' or (byte)'/' && TimeCursor.IsLetter(next))
        {
            cursor.At++;
            return TryDayMonthName(ref cursor, first, separator, ref time);
        }

        if (separator is not ((byte)'/' or (byte)'-' or (byte)'.') || !TimeCursor.IsDigit(next))
        {
            return false;
        }

        cursor.At++;
        if (!cursor.TryNumber(1, 2, out int second))
        {
            return false;
        }

        if (cursor.TrySkip(separator))
        {
            return TryThreeNumbers(ref cursor, first, second, separator, ref time);
        }

        // 03-17 16:13:38.811, month and day.
        (time.Month, time.Day) = (first, second);
        return cursor.SkipBlanks() && cursor.TryTimeOfDay(ref time, allowMinutes: false) && IsEnd(cursor);
    }

    // 17/May/2015:10:05:03 +0000  05-Sep-2019 23:29:54.123  14 Nov 07:01:22.119  4 Dec 2005 04:47:44 GMT
    private static bool TryDayMonthName(ref TimeCursor cursor, int day, byte separator, ref ScannedTime time)
    {
        time.Day = day;
        if (!cursor.TryMonthName(out time.Month))
        {
            return false;
        }

        if (separator == ' ')
        {
            cursor.TrySkip((byte)',');
            if (!cursor.SkipBlanks())
            {
                return false;
            }

            if (cursor.DigitCount() != 4)
            {
                return TryClockAndZone(ref cursor, ref time);
            }
        }
        else if (!cursor.TrySkip(separator))
        {
            return false;
        }

        if (cursor.DigitCount() == 2 && separator == '-')
        {
            time.Year = 2000 + cursor.FixedNumber(2);
        }
        else if (!cursor.TryNumber(4, 4, out time.Year))
        {
            return false;
        }

        return TryClockBehindDay(ref cursor, ref time);
    }

    // 12/25/2023 23:15:29, 25.12.2023, 17/06/09 (year first, as Spark), 12/25/23
    private static bool TryThreeNumbers(
        ref TimeCursor cursor, int first, int second, byte separator, ref ScannedTime time)
    {
        int digits = cursor.DigitCount();
        if (!cursor.TryNumber(2, 4, out int third) || digits == 3)
        {
            return false;
        }

        if (digits == 2 && !(first <= 12 && third > 12 && (second > 12 || third > 31)))
        {
            (time.Year, time.Month, time.Day) = (2000 + first, second, third);
        }
        else
        {
            // Slashes are American, dots and dashes European, unless the numbers say otherwise.
            bool isMonthFirst = second > 12 || (separator == '/' && first <= 12);
            time.Year = digits == 2 ? 2000 + third : third;
            (time.Month, time.Day) = isMonthFirst ? (first, second) : (second, first);
        }

        return TryClockBehindDay(ref cursor, ref time);
    }

    private static bool TryNamed(ref TimeCursor cursor, ref ScannedTime time)
    {
        if (TimeCursor.IsDigit(cursor.Peek(1)))
        {
            return TryGlog(ref cursor, ref time);
        }

        if (cursor.TryMonthName(out time.Month))
        {
            return TryMonthDay(ref cursor, ref time);
        }

        if (!cursor.TryWeekday() || !cursor.SkipBlanks())
        {
            return false;
        }

        if (cursor.TryMonthName(out time.Month))
        {
            return TryMonthDay(ref cursor, ref time);
        }

        int digits = cursor.DigitCount();
        return digits is 1 or 2 && TryShortDate(ref cursor, digits, ref time);
    }

    // I0614 15:16:01.123456, I20240614 15:16:01.123456: level letter and day in one (glog).
    private static bool TryGlog(ref TimeCursor cursor, ref ScannedTime time)
    {
        byte letter = cursor.Current;
        int digits = cursor.DigitCount(1);
        if (digits is not (4 or 8) || !"IWEFDVC"u8.Contains(letter))
        {
            return false;
        }

        cursor.At++;
        time.Year = digits == 8 ? cursor.FixedNumber(4) : 0;
        time.Month = cursor.FixedNumber(2);
        time.Day = cursor.FixedNumber(2);
        time.LevelLetter = letter;
        return cursor.SkipBlanks() && cursor.TryTimeOfDay(ref time, allowMinutes: false) && IsEnd(cursor);
    }

    // Jun 14 15:16:01  Jun 14 2024 15:16:01  Jun 14, 2024 3:16:01 PM  Dec 04 04:47:44.123456 2005  May 19 08:00:01 EST
    // 2021
    private static bool TryMonthDay(ref TimeCursor cursor, ref ScannedTime time)
    {
        if (!cursor.SkipBlanks() || !cursor.TryNumber(1, 2, out time.Day))
        {
            return false;
        }

        cursor.TrySkip((byte)',');
        if (!cursor.SkipBlanks())
        {
            return false;
        }

        if (cursor.DigitCount() == 4)
        {
            time.Year = cursor.FixedNumber(4);
            if (!cursor.SkipBlanks())
            {
                return false;
            }

            return TryClockAndZone(ref cursor, ref time);
        }

        if (!TryClockAndZone(ref cursor, ref time))
        {
            return false;
        }

        int mark = cursor.At;
        if (cursor.SkipBlanks() && cursor.DigitCount() == 4 && cursor.Peek(0) is (byte)'1' or (byte)'2')
        {
            int year = cursor.FixedNumber(4);
            if (year is >= 1970 and <= 2199 && IsEnd(cursor))
            {
                time.Year = year;
                return true;
            }
        }

        cursor.At = mark;
        return true;
    }

    private static bool TryClockAndZone(ref TimeCursor cursor, ref ScannedTime time)
    {
        if (!cursor.TryTimeOfDay(ref time, allowMinutes: false))
        {
            return false;
        }

        cursor.TryZone(ref time);
        return true;
    }

    private static bool IsDate(in ScannedTime time) =>
        time.Month is >= 1 and <= 12 && time.Day >= 1 &&
        (time.Year == 0 || time.Year is >= 1900 and <= 9998) &&
        time.Day <= DateTime.DaysInMonth(time.Year == 0 ? 2000 : time.Year, time.Month);

    private static bool IsEnd(in TimeCursor cursor) =>
        !TimeCursor.IsDigit(cursor.Current) && !TimeCursor.IsLetter(cursor.Current) &&
        !(cursor.Current is (byte)'.' or (byte)'-' or (byte)'_' && TimeCursor.IsDigit(cursor.Peek(1)));
}
