using Bongsu.Core.Calendars;

namespace Bongsu.Tests.Core.Calendars;

public sealed class CalendarTests
{
    private static readonly Calendar s_korea = new(new CalendarDefinition
    {
        Name = "company",
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"),
        HasKoreanHolidays = true,
        Holidays = [new CalendarSpan(new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 20), "founding day")],
        Workdays = [new CalendarSpan(new DateOnly(2026, 9, 26), new DateOnly(2026, 9, 26), "migration")],
        Freezes = [new CalendarSpan(new DateOnly(2026, 12, 24), new DateOnly(2027, 1, 2), "year's end")],
    });

    [Theory]
    [InlineData(2026, 11, 19, DayKind.Thursday)]
    [InlineData(2026, 11, 20, DayKind.Holiday)]
    [InlineData(2026, 9, 24, DayKind.MajorHoliday)]
    [InlineData(2026, 9, 26, DayKind.Friday)] // A working Saturday, though Chuseok's last day.
    [InlineData(2026, 10, 5, DayKind.Holiday)] // Substitute.
    [InlineData(2026, 5, 1, DayKind.Holiday)]
    [InlineData(2026, 10, 11, DayKind.Sunday)]
    [InlineData(1, 1, 1, DayKind.Monday)]
    public void KindOf_Date_IsKnown(int year, int month, int day, DayKind expected) =>
        Assert.Equal(expected, s_korea.KindOf(new DateOnly(year, month, day)));

    [Fact]
    public void DateOf_EveningOfUtc_IsTomorrowInSeoul()
    {
        long ticks = new DateTime(2026, 11, 20, 15, 0, 0, DateTimeKind.Utc).Ticks;
        Assert.Equal(new DateOnly(2026, 11, 21), s_korea.DateOf(ticks));
        Assert.Equal(new DateOnly(2026, 11, 20), s_korea.DateOf(ticks - 1));
        Assert.True(s_korea.IsFrozen(new DateTime(2026, 12, 23, 15, 0, 0, DateTimeKind.Utc).Ticks));
        Assert.False(s_korea.IsFrozen(new DateTime(2027, 1, 2, 15, 0, 0, DateTimeKind.Utc).Ticks));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")] // Half an hour.
    [InlineData("Asia/Seoul")]
    public void ToLocal_EveryHalfHourOfTwoYears_EqualsThePlatform(string zone)
    {
        TimeZoneInfo info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var calendar = new Calendar(new CalendarDefinition { TimeZone = info });
        for (var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc); time.Year < 2028; time = time.AddMinutes(30))
        {
            Assert.Equal(time.Ticks + info.GetUtcOffset(time).Ticks, calendar.ToLocal(time.Ticks));
            Assert.Equal(time.Ticks - 1 + info.GetUtcOffset(time.AddTicks(-1)).Ticks, calendar.ToLocal(time.Ticks - 1));
        }
    }

    [Fact]
    public void ToLocal_TicksOutsideOfTime_AreClamped()
    {
        _ = s_korea.DateOf(long.MinValue);
        _ = s_korea.DateOf(long.MaxValue);
        Assert.Equal(DayKind.Monday, Calendar.Utc.KindOf(new DateOnly(2026, 11, 23)));
    }
}
