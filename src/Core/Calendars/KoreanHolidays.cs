using System.Collections.Concurrent;

namespace Bongsu.Core.Calendars;

/// <summary>Public holidays of South Korea. Any number of threads.</summary>
/// <remarks>
/// Rules: Regulations on Holidays of Government Offices (관공서의 공휴일에 관한 규정) with the substitute days as they came
/// into force: Seollal, Chuseok and Children's Day in 2014, the national days in August 2021, Buddha's Birthday and
/// Christmas in May 2023; Constitution Day is a holiday again from 2026, without a substitute day. Elections and temporary
/// holidays follow no rule and are listed. Correct from 2014 on; what governments declare later is given to a
/// <see cref="Calendar"/> as extra holidays.
/// </remarks>
public static class KoreanHolidays
{
    private static readonly ConcurrentDictionary<int, Holiday[]> s_years = [];

    // Month, day, names, first year, and the first date from which a substitute day is given.
    private static readonly FixedHoliday[] s_fixed =
    [
        new(1, 1, "New Year's Day", "신정", 0, DateOnly.MaxValue),
        new(3, 1, "Independence Movement Day", "삼일절", 0, new DateOnly(2021, 8, 4)),
        new(5, 5, "Children's Day", "어린이날", 0, new DateOnly(2014, 1, 1)),
        new(6, 6, "Memorial Day", "현충일", 0, DateOnly.MaxValue),
        new(7, 17, "Constitution Day", "제헌절", 2026, DateOnly.MaxValue),
        new(8, 15, "Liberation Day", "광복절", 0, new DateOnly(2021, 8, 4)),
        new(10, 3, "National Foundation Day", "개천절", 0, new DateOnly(2021, 8, 4)),
        new(10, 9, "Hangul Day", "한글날", 2013, new DateOnly(2021, 8, 4)),
        new(12, 25, "Christmas Day", "성탄절", 0, new DateOnly(2023, 5, 4)),
    ];

    private static readonly DateOnly s_substitutesForBuddha = new(2023, 5, 4);

    private static readonly DateOnly[] s_elections =
    [
        new(2014, 6, 4), new(2016, 4, 13), new(2017, 5, 9), new(2018, 6, 13), new(2020, 4, 15), new(2022, 3, 9), new(2022, 6, 1),
        new(2024, 4, 10), new(2025, 6, 3), new(2026, 6, 3), new(2028, 4, 12), new(2030, 4, 3), new(2030, 6, 12),
    ];

    private static readonly DateOnly[] s_temporary =
    [
        new(2015, 8, 14), new(2016, 5, 6), new(2017, 10, 2), new(2020, 8, 17), new(2023, 10, 2), new(2024, 10, 1), new(2025, 1, 27),
    ];

    /// <summary>The holidays of one year (1913 to 2150) by date, Workers' Day among them.</summary>
    public static IReadOnlyList<Holiday> OfYear(int year) => s_years.GetOrAdd(year, Compute);

    private static Holiday[] Compute(int year)
    {
        List<(Holiday Holiday, bool OnSaturday, bool OnSunday)> all = [.. FixedOf(year), .. LunarOf(year)];
        all.AddRange(s_elections.Where(date => date.Year == year)
            .Select(date => (new Holiday(date, HolidayKind.Election, "Election Day", "선거일"), false, false)));
        all.AddRange(s_temporary.Where(date => date.Year == year)
            .Select(date => (new Holiday(date, HolidayKind.Temporary, "Temporary Public Holiday", "임시공휴일"), false, false)));
        List<Holiday> result = [.. all.Select(entry => entry.Holiday), .. SubstitutesOf(all)];
        result.Add(new Holiday(new DateOnly(year, 5, 1), HolidayKind.WorkersDay, "Workers' Day", "근로자의 날"));
        return [.. result.OrderBy(holiday => holiday.Date)];
    }

    private static IEnumerable<(Holiday Holiday, bool OnSaturday, bool OnSunday)> FixedOf(int year)
    {
        foreach (FixedHoliday entry in s_fixed.Where(entry => year >= entry.FirstYear))
        {
            var date = new DateOnly(year, entry.Month, entry.Day);
            bool hasSubstitute = date >= entry.SubstitutesFrom;
            yield return (new Holiday(date, HolidayKind.Public, entry.Name, entry.KoreanName), hasSubstitute, hasSubstitute);
        }
    }

    // Seollal and Chuseok give way to Sundays only: their Saturdays were days off before.
    private static IEnumerable<(Holiday Holiday, bool OnSaturday, bool OnSunday)> LunarOf(int year)
    {
        bool hasSubstitute = year >= 2014;
        DateOnly seollal = KoreanLunarCalendar.ToSolar(year, 1, 1);
        yield return Festival(seollal.AddDays(-1), "The day preceding Korean New Year", "설날 전날");
        yield return Festival(seollal, "Korean New Year", "설날");
        yield return Festival(seollal.AddDays(1), "The second day of Korean New Year", "설날 다음날");
        DateOnly buddha = KoreanLunarCalendar.ToSolar(year, 4, 8);
        bool hasBuddha = buddha >= s_substitutesForBuddha;
        yield return (new Holiday(buddha, HolidayKind.Public, "Buddha's Birthday", "부처님오신날"), hasBuddha, hasBuddha);
        DateOnly chuseok = KoreanLunarCalendar.ToSolar(year, 8, 15);
        yield return Festival(chuseok.AddDays(-1), "The day preceding Chuseok", "추석 전날");
        yield return Festival(chuseok, "Chuseok", "추석");
        yield return Festival(chuseok.AddDays(1), "The second day of Chuseok", "추석 다음날");

        (Holiday, bool, bool) Festival(DateOnly date, string name, string koreanName) =>
            (new Holiday(date, HolidayKind.Public, name, koreanName, IsMajor: true), false, hasSubstitute);
    }

    // One day for each date that a holiday with a right to it shares with a weekend or another holiday.
    private static List<Holiday> SubstitutesOf(List<(Holiday Holiday, bool OnSaturday, bool OnSunday)> all)
    {
        HashSet<DateOnly> taken = [.. all.Select(entry => entry.Holiday.Date)];
        List<Holiday> substitutes = [];
        foreach (var date in all.GroupBy(entry => entry.Holiday.Date).OrderBy(group => group.Key))
        {
            bool isLost = date.Key.DayOfWeek switch
            {
                DayOfWeek.Saturday => date.Any(entry => entry.OnSaturday),
                DayOfWeek.Sunday => date.Any(entry => entry.OnSunday),
                _ => date.Count() > 1 && date.Any(entry => entry.OnSunday),
            };
            if (!isLost)
            {
                continue;
            }

            Holiday lost = date.OrderByDescending(entry => entry.Holiday.IsMajor).First(entry => entry.OnSunday).Holiday;
            DateOnly free = date.Key.AddDays(1);
            while (free.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || taken.Contains(free))
            {
                free = free.AddDays(1);
            }

            taken.Add(free);
            string name = lost.IsMajor ? lost.Name.Split(' ')[^1] switch { "Chuseok" => "Chuseok", _ => "Korean New Year" } : lost.Name;
            string koreanName = lost.KoreanName.Split(' ')[0];
            substitutes.Add(new Holiday(
                free, HolidayKind.Substitute, $"Alternative holiday for {name}", $"{koreanName} 대체공휴일", lost.IsMajor));
        }

        return substitutes;
    }

    private readonly record struct FixedHoliday(
        int Month, int Day, string Name, string KoreanName, int FirstYear, DateOnly SubstitutesFrom);
}
