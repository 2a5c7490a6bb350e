using Bongsu.Alert.Bands;
using Bongsu.Core.Calendars;

namespace Bongsu.Tests.Alert.Bands;

/// <summary>Bands on days that are not like others: changes of the clock, feasts, freezes, the leap day.</summary>
public sealed class CalendarBandTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("America/New_York", 2026, 3, 8)]
    [InlineData("America/New_York", 2026, 11, 1)]
    [InlineData("Europe/Berlin", 2026, 3, 29)]
    [InlineData("Europe/Berlin", 2026, 10, 25)]
    public void Judge_AcrossAChangeOfTheClock_BandStaysWithLocalTime(string zone, int year, int month, int day)
    {
        var jump = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        var local = new Calendar(new CalendarDefinition { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) });
        Assert.NotEqual(OffsetAt(local, jump.AddHours(-1)), OffsetAt(local, jump.AddDays(1)));
        var series = new SyntheticSeries(1) { Calendar = local, Start = jump.AddDays(-21), Step = s_step, Noise = 0.02 };
        BandPoint[] points = series.Make(28);

        Assert.InRange(Outside(points, local, jump, jump.AddDays(7)), 0, 3);
        Assert.True(Outside(points, Calendar.Utc, jump, jump.AddDays(7)) > 50); // as it would be without the time zone
    }

    // Two weeks of history with a feast or none in them; then Seollal, Buddha's birthday and its substitute day, Chuseok.
    [Theory]
    [InlineData("2026-02-16", "2026-02-18")]
    [InlineData("2026-05-25", "2026-05-25")]
    [InlineData("2026-09-24", "2026-09-26")]
    [InlineData("2028-10-02", "2028-10-05")]
    public void Judge_KoreanFeast_IsNoAnomalyButAWiderBand(string first, string last)
    {
        DateTime from = InSeoul(first);
        DateTime to = InSeoul(last).AddDays(1);
        var series = new SyntheticSeries(2) { Start = from.AddDays(-14), Step = s_step };
        BandPoint[] points = series.Make(14 + (to - from).Days);
        Assert.InRange(Outside(points, SyntheticSeries.Korea, from, to), 0, 3);

        var weekdays = new Calendar(new CalendarDefinition { TimeZone = SyntheticSeries.Korea.TimeZone });
        int without = Outside(points, weekdays, from, to);
        Assert.True(without > 10, $"without the calendar {without}");

        long noon = from.AddHours(13).Ticks;
        Band feast = Learnt(points, SyntheticSeries.Korea, from).Expect(noon);
        Band weekday = Learnt(points, weekdays, from).Expect(noon);
        Assert.True(feast.Expected < 0.8 * weekday.Expected, $"{feast} {weekday}");
        Assert.True(feast.Upper / feast.Expected > weekday.Upper / weekday.Expected, $"{feast} {weekday}");
    }

    [Fact]
    public void Observe_Freeze_IsJudgedButNotLearnt()
    {
        var calendar = new Calendar(new CalendarDefinition
        {
            TimeZone = SyntheticSeries.Korea.TimeZone,
            HasKoreanHolidays = true,
            Freezes = [new CalendarSpan(new DateOnly(2026, 11, 9), new DateOnly(2026, 11, 11), "the sale")],
        });
        DateTime from = InSeoul("2026-11-09");
        DateTime to = InSeoul("2026-11-12");
        double Sell(DateTime time, double value) => time >= from && time < to ? value * 6 : value;
        var series = new SyntheticSeries(3) { Start = from.AddDays(-14), Step = s_step, Change = Sell };
        BandPoint[] points = series.Make(21);

        Assert.True(Outside(points, calendar, from, to) > 400); // of 432
        Assert.InRange(Outside(points, calendar, to, to.AddDays(4)), 0, 3);
        BandModel learnt = Learnt(points, calendar, to.AddDays(4));
        BandModel without = Learnt([.. points.Where(point => point.Ticks < from.Ticks || point.Ticks >= to.Ticks)], calendar, to.AddDays(4));
        Assert.Equal(without.Expect(to.AddDays(4).Ticks), learnt.Expect(to.AddDays(4).Ticks));
    }

    [Fact]
    public void Judge_LeapDay_IsTheTuesdayItIs()
    {
        Assert.Equal(DayKind.Tuesday, SyntheticSeries.Korea.KindOf(new DateOnly(2028, 2, 29)));
        Assert.Equal(DayKind.Holiday, SyntheticSeries.Korea.KindOf(new DateOnly(2028, 3, 1)));
        DateTime from = InSeoul("2028-02-29");
        var series = new SyntheticSeries(4) { Start = from.AddDays(-16), Step = s_step };
        BandPoint[] points = series.Make(21);
        Assert.InRange(Outside(points, SyntheticSeries.Korea, from, from.AddDays(5)), 0, 3);

        BandModel model = Learnt(points, SyntheticSeries.Korea, from);
        double leap = model.Expect(from.AddHours(10).Ticks).Expected;
        Assert.InRange(leap, 0.9 * model.Expect(from.AddDays(-7).AddHours(10).Ticks).Expected, 1.1 * model.Expect(from.AddDays(-7).AddHours(10).Ticks).Expected);
        Assert.True(model.Expect(from.AddDays(1).AddHours(10).Ticks).Expected < 0.8 * leap); // 1 March
    }

    private static DateTime InSeoul(string date) =>
        DateTime.SpecifyKind(DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture).AddHours(-9), DateTimeKind.Utc);

    private static long OffsetAt(Calendar calendar, DateTime time) => calendar.ToLocal(time.Ticks) - time.Ticks;

    private static BandModel Learnt(BandPoint[] points, Calendar calendar, DateTime to)
    {
        var model = new BandModel(new BandOptions { Step = s_step }, calendar);
        model.Learn(points.Where(point => point.Ticks < to.Ticks).ToArray());
        return model;
    }

    // How many values of a span are outside, after all before it was learnt.
    private static int Outside(BandPoint[] points, Calendar calendar, DateTime from, DateTime to)
    {
        BandModel model = Learnt(points, calendar, from);
        int outside = 0;
        foreach (BandPoint point in points.Where(point => point.Ticks >= from.Ticks && point.Ticks < to.Ticks))
        {
            outside += model.Judge(point.Ticks, point.Value, out _) >= 1 ? 1 : 0;
            model.Observe(point.Ticks, point.Value);
        }

        return outside;
    }
}
