using System.Globalization;
using Bongsu.Core.Calendars;

namespace Bongsu.Tests.Core.Calendars;

public sealed class KoreanHolidaysTests
{
    [KoreanHolidaysFact]
    public void OfYear_2015To2030_EqualsThePublishedDays()
    {
        string[][] rows = [.. File.ReadLines(KoreanHolidaysFactAttribute.Published).Skip(1).Select(line => line.Split(','))];
        SortedSet<string> expected = [.. rows.Select(row => $"{row[0]} {row[4]}")];
        SortedSet<string> actual = [.. Enumerable.Range(2015, 16).SelectMany(KoreanHolidays.OfYear).Select(holiday => Text(holiday))];
        Assert.Equal(expected, actual);

        // Names too, of all but those that the list calls by the occasion.
        SortedSet<string> names = [.. rows.Where(row => row[4] == "public").Select(row => $"{row[0]} {row[2]}/{row[3]}")];
        SortedSet<string> ours = [.. Enumerable.Range(2015, 16).SelectMany(KoreanHolidays.OfYear)
            .Where(holiday => holiday.Kind == HolidayKind.Public)
            .Select(holiday => $"{holiday.Date:yyyy-MM-dd} {holiday.KoreanName}/{holiday.Name}")];
        Assert.Equal(names, ours);
    }

    [Theory]
    [InlineData("2017-10-06", "Alternative holiday for Chuseok")] // Foundation Day fell on the eve.
    [InlineData("2018-05-07", "Alternative holiday for Children's Day")]
    [InlineData("2023-05-29", "Alternative holiday for Buddha's Birthday")]
    [InlineData("2027-12-27", "Alternative holiday for Christmas Day")]
    [InlineData("2027-02-09", "Alternative holiday for Korean New Year")]
    public void OfYear_HolidayLost_GivesASubstitute(string date, string name)
    {
        DateOnly day = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        Holiday substitute = Assert.Single(KoreanHolidays.OfYear(day.Year), holiday => holiday.Date == day);
        Assert.Equal((HolidayKind.Substitute, name), (substitute.Kind, substitute.Name));
    }

    [Theory]
    [InlineData(2019, "2019-10-04")] // A Foundation Day on a Thursday.
    [InlineData(2020, "2020-08-18")]
    [InlineData(2022, "2022-05-09")] // Buddha's Birthday on a Sunday, a year too early.
    [InlineData(2022, "2022-12-26")] // Christmas on a Sunday, a year too early.
    [InlineData(2013, "2013-02-12")] // Seollal on a Sunday, a year too early.
    public void OfYear_BeforeTheRuleCameIntoForce_GivesNoSubstitute(int year, string date)
    {
        DateOnly day = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        Assert.DoesNotContain(KoreanHolidays.OfYear(year), holiday => holiday.Date == day);
    }

    private static string Text(Holiday holiday)
    {
        string kind = holiday.Kind == HolidayKind.WorkersDay ? "workers_day" : holiday.Kind.ToString().ToLowerInvariant();
        return $"{holiday.Date:yyyy-MM-dd} {kind}";
    }
}
