using System.Collections.Concurrent;

namespace Bongsu.Core.Calendars;

/// <summary>The lunisolar calendar of Korea, from new moons and solar terms. Any number of threads.</summary>
/// <remarks>
/// A month begins on the day of its new moon, by the clock of Korea (UTC+9). The month with the winter solstice is the
/// eleventh; where thirteen months lie between two of those, the first without a principal solar term (the sun at a
/// multiple of 30°) repeats its predecessor's number. Good for the years 1912 (that clock) to 2150.
/// </remarks>
public static class KoreanLunarCalendar
{
    private const int FirstYear = 1912;
    private const int LastYear = 2150;
    private const double HoursEastOfUtc = 9;

    private static readonly ConcurrentDictionary<int, LunarMonth[]> s_monthsToSolstice = [];

    /// <summary>The day on which a day of the lunar calendar falls.</summary>
    /// <param name="lunarYear">Named after the year in which it begins.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">1 to 30; in a month of 29 days the 30th is the next month's first.</param>
    /// <param name="isLeapMonth">The month's repetition is meant, not the month; the year must have it.</param>
    public static DateOnly ToSolar(int lunarYear, int month, int day, bool isLeapMonth = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lunarYear, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lunarYear, LastYear);
        ArgumentOutOfRangeException.ThrowIfNotEqual(month is >= 1 and <= 12, true, nameof(month));
        ArgumentOutOfRangeException.ThrowIfNotEqual(day is >= 1 and <= 30, true, nameof(day));

        // The months of a sui run from the eleventh of the year before to the tenth.
        LunarMonth[] months = s_monthsToSolstice.GetOrAdd(month >= 11 ? lunarYear + 1 : lunarYear, MonthsBeforeSolsticeOf);
        foreach (LunarMonth candidate in months)
        {
            if (candidate.Number == month && candidate.IsLeap == isLeapMonth)
            {
                return candidate.FirstDay.AddDays(day - 1);
            }
        }

        throw new ArgumentException($"lunar year {lunarYear} has no leap month {month}", nameof(isLeapMonth));
    }

    /// <summary>The month that is repeated in a lunar year; 0 where none is.</summary>
    public static int LeapMonthOf(int lunarYear)
    {
        IEnumerable<LunarMonth> early = s_monthsToSolstice.GetOrAdd(lunarYear, MonthsBeforeSolsticeOf).Where(month => month.Number < 11);
        IEnumerable<LunarMonth> late = s_monthsToSolstice.GetOrAdd(lunarYear + 1, MonthsBeforeSolsticeOf).Where(month => month.Number >= 11);
        return early.Concat(late).FirstOrDefault(month => month.IsLeap).Number;
    }

    // The months from the one with the solstice of the year before up to that of this year, without the latter.
    private static LunarMonth[] MonthsBeforeSolsticeOf(int year)
    {
        int first = LunationOfSolstice(year - 1);
        int end = LunationOfSolstice(year);
        bool hasLeap = end - first == 13;
        var months = new LunarMonth[end - first];
        int number = 11;
        for (int index = 0; index < months.Length; index++)
        {
            int firstDay = NewMoonDay(first + index);
            bool isLeap = hasLeap && index > 0 && !HasPrincipalTerm(firstDay, NewMoonDay(first + index + 1));
            hasLeap &= !isLeap;
            number = index == 0 ? 11 : isLeap ? number : (number % 12) + 1;
            months[index] = new LunarMonth(number, isLeap, DateOfJulianDay(firstDay));
        }

        return months;
    }

    private static int LunationOfSolstice(int year)
    {
        int solstice = KoreanDay(SunAndMoon.SunAt(270, JulianDayOf(new DateOnly(year, 12, 21))));
        int lunation = SunAndMoon.LunationNear(solstice) + 1;
        while (NewMoonDay(lunation) > solstice)
        {
            lunation--;
        }

        return lunation;
    }

    // A month of at most 30 days sees at most two terms; the one due next is after its first day or in it.
    private static bool HasPrincipalTerm(int firstDay, int nextFirstDay)
    {
        double longitude = SunAndMoon.SunLongitude(firstDay);
        double next = Math.Ceiling(longitude / 30) * 30;
        int term = KoreanDay(SunAndMoon.SunAt(next, firstDay + (next - longitude)));
        if (term < firstDay)
        {
            term = KoreanDay(SunAndMoon.SunAt(next + 30, firstDay + (next + 30 - longitude)));
        }

        // The term just passed may still be of the first day.
        int passed = KoreanDay(SunAndMoon.SunAt(next - 30, firstDay + (next - 30 - longitude)));
        return passed >= firstDay || term < nextFirstDay;
    }

    private static int NewMoonDay(int lunation) => KoreanDay(SunAndMoon.NewMoon(lunation));

    // Julian days begin at noon: the civil day of a moment is the whole number nearest.
    private static int KoreanDay(double julianDay) => (int)Math.Floor(julianDay + 0.5 + (HoursEastOfUtc / 24));

    private static double JulianDayOf(DateOnly date) => date.DayNumber + 1721425.5;

    // Civil days counted as KoreanDay does: day 2451545 is 1 January 2000.
    private static DateOnly DateOfJulianDay(int day) => DateOnly.FromDayNumber(day - 1721426);

    private readonly record struct LunarMonth(int Number, bool IsLeap, DateOnly FirstDay);
}
