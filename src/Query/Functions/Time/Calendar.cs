using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.Time;

/// <summary>Arithmetic of the proleptic Gregorian calendar on ticks; weeks begin on Sunday.</summary>
internal static class Calendar
{
    /// <summary>The beginning of the period a time is in, moved by some periods; false where that is before year 1 or
    /// after 9999.</summary>
    public static bool TryStart(long ticks, CalendarUnit unit, long offset, out long start)
    {
        long day = ticks / Ticks.PerDay;
        start = 0;
        switch (unit)
        {
            case CalendarUnit.Day:
                return TryDays(day, offset, 1, out start);
            case CalendarUnit.Week:
                // Day 0, 0001-01-01, is a Monday.
                return TryDays(day - ((day + 1) % 7), offset, 7, out start);
            default:
                var date = new DateTime(ticks);
                long months = unit switch { CalendarUnit.Month => 1, CalendarUnit.Quarter => 3, _ => 12 };
                long index = (date.Year * 12L) + date.Month - 1;
                index -= index % months;
                return TryMonth(index, offset, months, out start);
        }
    }

    /// <summary>The last tick of the period a time is in, moved by some periods.</summary>
    public static bool TryEnd(long ticks, CalendarUnit unit, long offset, out long end)
    {
        bool isInside = TryStart(ticks, unit, offset, out _);
        bool isLast = !TryStart(ticks, unit, offset == long.MaxValue ? offset : offset + 1, out long next);
        end = isLast ? Ticks.MaxDateTime : next - 1;
        return isInside;
    }

    /// <summary>Adds months, keeping the day where the month has it, else its last day.</summary>
    public static bool TryAddMonths(long ticks, long months, out long result)
    {
        var date = new DateTime(ticks);
        result = 0;
        if (!TryMonth((date.Year * 12L) + date.Month - 1, months, 1, out long start))
        {
            return false;
        }

        var month = new DateTime(start);
        int day = Math.Min(date.Day, DateTime.DaysInMonth(month.Year, month.Month));
        result = start + ((day - 1) * Ticks.PerDay) + (ticks % Ticks.PerDay);
        return true;
    }

    private static bool TryDays(long day, long offset, long length, out long start)
    {
        start = 0;
        if (Int128.Abs(offset) > 4_000_000)
        {
            return false;
        }

        start = (day + (offset * length)) * Ticks.PerDay;
        return Ticks.IsDateTime(start);
    }

    private static bool TryMonth(long index, long offset, long length, out long start)
    {
        start = 0;
        if (Int128.Abs(offset) > 120_000)
        {
            return false;
        }

        index += offset * length;
        if (index is < 12 or >= 120_000)
        {
            return false;
        }

        start = new DateTime((int)(index / 12), (int)(index % 12) + 1, 1).Ticks;
        return true;
    }
}
