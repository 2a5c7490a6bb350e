using System.Globalization;
using Bongsu.Core.Calendars;

namespace Bongsu.Tests.Core.Calendars;

public sealed class KoreanLunarCalendarTests
{
    // The platform has a table of this calendar up to February 2051; a difference is a wrong month or a wrong day.
    [Fact]
    public void ToSolar_EveryMonthOf1920To2049_EqualsThePlatformsTable()
    {
        var table = new KoreanLunisolarCalendar();
        List<string> different = [];
        for (int year = 1920; year < 2050; year++)
        {
            int leap = table.GetLeapMonth(year);
            Assert.Equal(leap == 0 ? 0 : leap - 1, KoreanLunarCalendar.LeapMonthOf(year));
            for (int place = 1; place <= table.GetMonthsInYear(year); place++)
            {
                bool isLeap = place == leap;
                int month = leap > 0 && place >= leap ? place - 1 : place;
                DateOnly expected = DateOnly.FromDateTime(table.ToDateTime(year, place, 1, 0, 0, 0, 0));
                DateOnly actual = KoreanLunarCalendar.ToSolar(year, month, 1, isLeap);
                if (expected != actual)
                {
                    different.Add($"{year}-{month}{(isLeap ? " leap" : "")}: {actual:yyyy-MM-dd}, expected {expected:yyyy-MM-dd}");
                }
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Fact]
    public void ToSolar_NoSuchLeapMonth_SaysSo()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => KoreanLunarCalendar.ToSolar(2024, 4, 1, isLeapMonth: true));
        Assert.Contains("lunar year 2024 has no leap month 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => KoreanLunarCalendar.ToSolar(1800, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KoreanLunarCalendar.ToSolar(2024, 13, 1));
    }
}
