using System.Collections.Concurrent;

namespace Bongsu.Core.Calendars;

/// <summary>Local dates and times of day, and what sort of day each date is. Any number of threads.</summary>
public sealed class Calendar
{
    private readonly CalendarDefinition _definition;
    private readonly ConcurrentDictionary<int, DayKind[]> _kindsByYear = [];
    private readonly ConcurrentDictionary<int, UtcOffset[]> _offsetsByYear = [];

    // Of the year asked for last: nearly every question is about the same.
    private YearOfOffsets? _recentOffsets;
    private YearOfKinds? _recentKinds;

    /// <summary>A calendar of a definition, which must not change afterwards.</summary>
    public Calendar(CalendarDefinition definition)
    {
        _definition = definition;
    }

    /// <summary>No holidays, Coordinated Universal Time.</summary>
    public static Calendar Utc { get; } = new(new CalendarDefinition { Name = "utc" });

    /// <summary>By which rules refer to it.</summary>
    public string Name => _definition.Name;

    /// <summary>The time zone of its dates.</summary>
    public TimeZoneInfo TimeZone => _definition.TimeZone;

    /// <summary>The local clock's time, in ticks as if it were a time of UTC, at a time of UTC.</summary>
    /// <remarks>Across a change of the clock local times are skipped or come twice.</remarks>
    public long ToLocal(long utcTicks)
    {
        utcTicks = Math.Clamp(utcTicks, DateTime.MinValue.Ticks + TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay);
        int year = new DateTime(utcTicks).Year;
        YearOfOffsets? recent = Volatile.Read(ref _recentOffsets);
        if (recent is null || recent.Year != year)
        {
            recent = new YearOfOffsets(year, _offsetsByYear.GetOrAdd(year, OffsetsOf));
            Volatile.Write(ref _recentOffsets, recent);
        }

        UtcOffset[] offsets = recent.Offsets;
        int index = offsets.Length - 1;
        while (index > 0 && offsets[index].FromUtcTicks > utcTicks)
        {
            index--;
        }

        return utcTicks + offsets[index].OffsetTicks;
    }

    /// <summary>The local date at a time of UTC.</summary>
    public DateOnly DateOf(long utcTicks) => DateOnly.FromDayNumber((int)(ToLocal(utcTicks) / TimeSpan.TicksPerDay));

    /// <summary>What sort of day a local date is.</summary>
    public DayKind KindOf(DateOnly date)
    {
        int year = date.Year;
        YearOfKinds? recent = Volatile.Read(ref _recentKinds);
        if (recent is null || recent.Year != year)
        {
            recent = new YearOfKinds(year, _kindsByYear.GetOrAdd(year, KindsOf));
            Volatile.Write(ref _recentKinds, recent);
        }

        return recent.Kinds[date.DayOfYear - 1];
    }

    /// <summary>Whether a time of UTC is in a freeze; then nothing is learnt from it.</summary>
    public bool IsFrozen(long utcTicks)
    {
        if (_definition.Freezes.Count == 0)
        {
            return false;
        }

        DateOnly date = DateOf(utcTicks);
        return IsIn(_definition.Freezes, date);
    }

    private static bool IsIn(IReadOnlyList<CalendarSpan> spans, DateOnly date)
    {
        for (int index = 0; index < spans.Count; index++)
        {
            if (spans[index].Contains(date))
            {
                return true;
            }
        }

        return false;
    }

    private static DayKind WorkdayOf(DateOnly date) => date.DayOfWeek switch
    {
        DayOfWeek.Saturday => DayKind.Friday,
        DayOfWeek.Sunday => DayKind.Monday,
        _ => (DayKind)date.DayOfWeek,
    };

    private DayKind[] KindsOf(int year)
    {
        var kinds = new DayKind[DateTime.IsLeapYear(year) ? 366 : 365];
        var first = new DateOnly(year, 1, 1);
        for (int day = 0; day < kinds.Length; day++)
        {
            DateOnly date = first.AddDays(day);
            kinds[day] = IsIn(_definition.Holidays, date) ? DayKind.Holiday : (DayKind)date.DayOfWeek;
        }

        // Outside the years the rules know there are only ordinary days.
        foreach (Holiday holiday in _definition.HasKoreanHolidays && year is >= 1913 and <= 2149 ? KoreanHolidays.OfYear(year) : [])
        {
            if (holiday.Kind != HolidayKind.WorkersDay || _definition.HasWorkersDay)
            {
                DayKind kind = holiday.IsMajor ? DayKind.MajorHoliday : DayKind.Holiday;
                ref DayKind known = ref kinds[holiday.Date.DayOfYear - 1];
                known = known > kind ? known : kind;
            }
        }

        for (int day = 0; day < kinds.Length; day++)
        {
            DateOnly date = first.AddDays(day);
            kinds[day] = IsIn(_definition.Workdays, date) ? WorkdayOf(date) : kinds[day];
        }

        return kinds;
    }

    // The clock's changes of one year of UTC: looked for day by day, then to the second.
    private UtcOffset[] OffsetsOf(int year)
    {
        long ticks = new DateTime(year, 1, 1).Ticks;
        long end = ticks + (366 * TimeSpan.TicksPerDay);
        List<UtcOffset> offsets = [new UtcOffset(ticks, OffsetAt(ticks))];
        for (; ticks < end; ticks += TimeSpan.TicksPerDay)
        {
            long before = offsets[^1].OffsetTicks;
            long after = OffsetAt(ticks + TimeSpan.TicksPerDay);
            if (after == before)
            {
                continue;
            }

            long low = ticks / TimeSpan.TicksPerSecond;
            long high = low + (TimeSpan.TicksPerDay / TimeSpan.TicksPerSecond);
            while (high - low > 1)
            {
                long middle = (low + high) / 2;
                (low, high) = OffsetAt(middle * TimeSpan.TicksPerSecond) == before ? (middle, high) : (low, middle);
            }

            offsets.Add(new UtcOffset(high * TimeSpan.TicksPerSecond, after));
        }

        return [.. offsets];
    }

    private long OffsetAt(long utcTicks) => TimeZone.GetUtcOffset(new DateTime(Math.Min(utcTicks, DateTime.MaxValue.Ticks), DateTimeKind.Utc)).Ticks;

    private readonly record struct UtcOffset(long FromUtcTicks, long OffsetTicks);

    private sealed record YearOfOffsets(int Year, UtcOffset[] Offsets);

    private sealed record YearOfKinds(int Year, DayKind[] Kinds);
}
