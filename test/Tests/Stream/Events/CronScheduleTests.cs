using System.Globalization;
using Bongsu.Stream.Events;

namespace Bongsu.Tests.Stream.Events;

public sealed class CronScheduleTests
{
    private static readonly string[] s_zones = ["UTC", "Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago"];

    [Theory]
    [InlineData("0 3 * * *", "Asia/Seoul", "2026-11-21T00:00", "2026-11-21T18:00")] // 03:00 of the 22nd there
    [InlineData("*/15 * * * *", "UTC", "2026-11-21T10:15", "2026-11-21T10:30")]
    [InlineData("0 0 29 2 *", "UTC", "2026-03-01T00:00", "2028-02-29T00:00")]
    [InlineData("0 0 29 2 *", "UTC", "2096-02-29T00:00", "2104-02-29T00:00")]
    [InlineData("0 12 31 * *", "UTC", "2026-02-01T00:00", "2026-03-31T12:00")]
    [InlineData("0 0 1 * mon", "UTC", "2026-11-21T00:00", "2026-11-23T00:00")] // either day
    [InlineData("0 0 */2 * 1", "UTC", "2026-11-21T00:00", "2026-11-23T00:00")] // both
    [InlineData("30 8-18/5 * jan,dec 7", "UTC", "2026-11-21T00:00", "2026-12-06T08:30")]
    [InlineData("30 2 * * *", "America/New_York", "2026-03-08T00:00", "2026-03-08T07:00")] // 02:30 is skipped: at 03:00
    [InlineData("30 1 * * *", "America/New_York", "2026-11-01T00:00", "2026-11-01T05:30")] // 01:30 comes twice: the first
    [InlineData("30 1 * * *", "America/New_York", "2026-11-01T05:30", "2026-11-02T06:30")]
    [InlineData("30 * * * *", "America/New_York", "2026-11-01T05:30", "2026-11-01T06:30")] // every hour: both
    [InlineData("30 * * * *", "America/New_York", "2026-03-08T06:30", "2026-03-08T07:30")]
    public void NextAfter_Examples(string cron, string zone, string after, string expected) =>
        Assert.Equal(Ticks(expected), Schedule(cron, zone).NextAfter(Ticks(after)));

    [Fact]
    public void NextAfter_DayThatNeverComes_IsNever() =>
        Assert.Equal(long.MaxValue, Schedule("0 0 30 2 *", "Asia/Seoul").NextAfter(Ticks("2026-01-01T00:00")));

    [Theory]
    [InlineData("* * * *", "it has 4 fields, expected 5: minute, hour, day of month, month, day of week")]
    [InlineData("60 * * * *", "'60' is no minute, expected 0 to 59, *, a range such as 1-5 or steps such as */10")]
    [InlineData("* * * * 5-1", "'5-1' is no day of week, expected 0 to 7, *, a range such as 1-5 or steps such as */10")]
    [InlineData("* * 0 * *", "'0' is no day of month, expected 1 to 31, *, a range such as 1-5 or steps such as */10")]
    [InlineData("*/0 * * * *", "'*/0' is no minute, expected 0 to 59, *, a range such as 1-5 or steps such as */10")]
    [InlineData("1-2-3 * * * *", "'1-2-3' is no minute, expected 0 to 59, *, a range such as 1-5 or steps such as */10")]
    [InlineData(", * * * *", "'' is no minute, expected 0 to 59, *, a range such as 1-5 or steps such as */10")]
    public void FindFault_WrongLine_SaysWhatIsExpected(string cron, string fault) => Assert.Equal(fault, CronSchedule.FindFault(cron));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void NextAfter_MinuteByMinute_EqualsDefinition(int seed)
    {
        var random = new Random(seed);
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(s_zones[random.Next(s_zones.Length)]);
        for (int line = 0; line < 6; line++)
        {
            bool isFixed = random.Next(2) == 0;
            int[] minutes = isFixed ? [random.Next(60), random.Next(60)] : [.. Enumerable.Range(0, 60).Where(minute => minute % 20 == 0)];
            int[] hours = random.Next(3) == 0 ? [.. Enumerable.Range(0, 24)] : [random.Next(4), random.Next(24)];
            isFixed &= hours.Length < 24;
            string cron = (minutes.Length > 2 ? "*/20" : string.Join(',', minutes)) + " " + (hours.Length == 24 ? "*" : string.Join(',', hours)) + " * * *";
            CronSchedule schedule = CronSchedule.Parse(cron, zone);
            DateTime start = new(2026, random.Next(1, 13), 1, 0, 0, 0, DateTimeKind.Utc);
            List<long> expected = Expected(zone, start, 40, isFixed, [.. minutes], [.. hours]);
            var found = new List<long>();
            for (long at = schedule.NextAfter(start.Ticks - 1); at < start.AddDays(40).Ticks; at = schedule.NextAfter(at))
            {
                found.Add(at);
            }

            Assert.Equal(expected, found);
        }
    }

    // Minute by minute of the world's time: what a clock on the wall shows.
    private static List<long> Expected(TimeZoneInfo zone, DateTime start, int days, bool isFixed, HashSet<int> minutes, HashSet<int> hours)
    {
        var expected = new List<long>();
        DateTime before = TimeZoneInfo.ConvertTimeFromUtc(start.AddMinutes(-1), zone);
        var shown = new HashSet<DateTime>();
        for (DateTime utc = start.AddDays(-1); utc < start.AddDays(days); utc = utc.AddMinutes(1))
        {
            DateTime local = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
            bool isDue = Matches(local) && (!isFixed || !shown.Contains(local));
            for (DateTime skipped = before.AddMinutes(1); isFixed && skipped < local; skipped = skipped.AddMinutes(1))
            {
                isDue |= Matches(skipped) && utc > start.AddDays(-1);
            }

            if (isDue && utc >= start)
            {
                expected.Add(utc.Ticks);
            }

            shown.Add(local);
            before = local;
        }

        return expected;

        bool Matches(DateTime local) => minutes.Contains(local.Minute) && hours.Contains(local.Hour);
    }

    private static CronSchedule Schedule(string cron, string zone) => CronSchedule.Parse(cron, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static long Ticks(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).Ticks;
}
