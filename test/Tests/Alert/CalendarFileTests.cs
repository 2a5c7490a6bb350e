using Bongsu.Alert.Rules;
using Bongsu.Core.Calendars;

namespace Bongsu.Tests.Alert;

public sealed class CalendarFileTests
{
    [Fact]
    public void Read_WholeCalendar_KnowsEveryDay()
    {
        var errors = new List<RuleError>();
        CalendarDefinition definition = Assert.Single(CalendarFile.Read("calendars.yaml", """
            calendars:
              shop:
                country: korea
                workers_day: false
                holidays:
                  - 2026-12-24
                  - { from: 2026-12-28, to: 2026-12-30, name: winter }
                workdays: [2026-10-09]
                freezes:
                  - { from: 2026-11-11, name: the sale }
            """, errors));

        Assert.Empty(errors);
        var calendar = new Calendar(definition);
        Assert.Equal("Asia/Seoul", calendar.TimeZone.Id);
        Assert.Equal(DayKind.Holiday, calendar.KindOf(new DateOnly(2026, 12, 29)));
        Assert.Equal(DayKind.Friday, calendar.KindOf(new DateOnly(2026, 10, 9))); // Hangul Day, and worked
        Assert.Equal(DayKind.Friday, calendar.KindOf(new DateOnly(2026, 5, 1)));
        Assert.True(calendar.IsFrozen(new DateTime(2026, 11, 10, 15, 0, 0, DateTimeKind.Utc).Ticks));
        Assert.False(calendar.IsFrozen(new DateTime(2026, 11, 11, 15, 0, 0, DateTimeKind.Utc).Ticks));
    }

    [Theory]
    [InlineData("calendars:\n  korea:\n    timezone: UTC", "built in")]
    [InlineData("calendars:\n  a:\n    timezone: Asia/Soul", "'Asia/Soul'")]
    [InlineData("calendars:\n  a:\n    country: kora", "did you mean 'korea'")]
    [InlineData("calendars:\n  a:\n    holidays: [2026-2-30]", "is no date")]
    [InlineData("calendars:\n  a:\n    holidays: 2026-02-03", "a list of dates")]
    [InlineData("calendars:\n  a:\n    freezes: [{ from: 2026-02-03, to: 2026-02-01 }]", "before it begins")]
    [InlineData("calendars:\n  a:\n    freezes: [{ start: 2026-02-03 }]", "'from' is missing")]
    [InlineData("calendar:\n  a: {}", "'calendars' is missing")]
    public void Read_Faults_AreNamedWithTheirPlace(string text, string expected)
    {
        var errors = new List<RuleError>();
        Assert.Empty(CalendarFile.Read("calendars.yaml", text, errors));
        Assert.Contains(expected, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop", null)]
    [InlineData("korea", null)]
    [InlineData("shp", "did you mean 'shop'")]
    public async Task Rule_NamesACalendar_OfTheFolder(string calendar, string? expected)
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(
            ("calendars.yaml", "calendars:\n  shop:\n    holidays: [2026-12-24]"),
            ("rule.yaml", $"name: a\nkind: anomaly\nquery: logs\ncalendar: {calendar}"));

        Assert.Empty(bed.Engine.RuleErrors);
        Assert.Equal("a", Assert.Single(bed.Engine.Rules).Name); // it runs without
        Assert.Equal(expected is null, bed.Engine.RuleWarnings.Count == 0);
        Assert.Contains(expected ?? "", string.Join('\n', bed.Engine.RuleWarnings), StringComparison.Ordinal);
    }
}
