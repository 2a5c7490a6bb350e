using System.Globalization;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Stream.Events;

namespace Bongsu.Tests.Stream.Events;

/// <summary>Runs of a nightly job, by hand: windows of five minutes, times in Seoul.</summary>
public sealed class JobDetectorTests
{
    private static readonly Schema s_rows = new(
        [new Column("timestamp", ScalarType.DateTime), new Column("s", ScalarType.Bool), new Column("e", ScalarType.Bool)]);

    [Theory]
    [InlineData("in time", "03:04 start, 03:20 end, 27:00 start, 27:20 end", "")]
    [InlineData("a little early", "02:59:30 start, 03:20 end, 27:10 start, 27:20 end", "")]
    [InlineData("late", "03:31 start, 03:50 end, 26:59 start, 27:20 end", "late 03:10-03:35")]
    [InlineData("never", "", "late 03:10-27:00, missing 27:00-31:00")]
    [InlineData("missing, then again", "27:05 start, 27:20 end", "late 03:10-27:00, missing 27:00-27:05")]
    [InlineData("too short", "03:00 start, 03:02 end, 27:01 start, 27:20 end", "too_short 03:00-03:05")]
    [InlineData("too long", "03:00 start, 05:12 end, 27:01 start, 27:20 end", "too_long 05:00-05:15")]
    [InlineData("never ends", "03:00 start, 27:01 start, 27:20 end", "too_long 05:00-27:00, never_ended 27:00-27:05")]
    [InlineData("ends without a start", "02:00 end, 03:00 start, 03:30 end, 27:01 start, 27:20 end", "")]
    public void Firing_NightlyJobAtThree_SaysTheProblem(string name, string rows, string expected)
    {
        var spec = new JobSpec(
            "s", "e", new JobSchedule("0 3 * * *", "Asia/Seoul"), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5), TimeSpan.FromHours(2));
        Assert.Equal(expected, Told(spec, rows));
        Assert.NotEmpty(name);
    }

    [Theory]
    [InlineData("01:00 start, 01:30 start, 01:40 end", "never_ended 01:30-01:35")]
    [InlineData("01:00 start, 02:00 end", "too_long 01:30-02:00")]
    public void Firing_WithoutSchedule_WatchesDurations(string rows, string expected)
    {
        TimeSpan? longest = expected.StartsWith("too_long", StringComparison.Ordinal) ? TimeSpan.FromMinutes(30) : null;
        Assert.Equal(expected, Told(new JobSpec("s", "e", Schedule: null, TimeSpan.Zero, Shortest: null, longest), rows));
    }

    [Theory]
    [InlineData("2026-03-07T12:00", "2026-03-09T00:00", "03-08 07:10, 03-09 06:40")] // 02:30 is skipped on the 8th: at 03:00 of summer time
    [InlineData("2026-10-31T12:00", "2026-11-03T00:00", "11-01 05:40, 11-02 06:40")] // 01:30 comes twice on the 1st: the first
    public void Firing_ClocksAreChanged_ExpectsOneRunADay(string from, string to, string late)
    {
        string cron = from.Contains("-03-", StringComparison.Ordinal) ? "30 2 * * *" : "30 1 * * *";
        var detector = new JobDetector(
            new JobSpec("s", null, new JobSchedule(cron, "America/New_York"), TimeSpan.FromMinutes(10), null, null), s_rows);
        JobWatch watch = new(detector, Time(from).Ticks);
        var found = new List<string>();
        for (DateTime at = Time(from); at < Time(to); at = at.AddMinutes(1))
        {
            watch.Advance(at.AddMinutes(1).Ticks, at.Ticks);
            if (watch.FiresIn(at.Ticks, at.AddMinutes(1).Ticks))
            {
                found.Add(at.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture));
                watch.Consume(new Event(at.Ticks + 1, 0, 0, JobDetector.StartBit, 1), at.Ticks);
            }
        }

        string[] expected = late.Split(", ");
        Assert.Equal(expected[..found.Count], found);
        Assert.True(found.Count >= 1);
    }

    [Theory]
    [InlineData("0 3 * * *", "Asia/Soul", "no time zone is called 'Asia/Soul', expected one such as Asia/Seoul")]
    [InlineData("0 25 * * *", "UTC", "schedule '0 25 * * *': '25' is no hour, expected 0 to 23, *, a range such as 1-5 or steps such as */10")]
    public void Create_WrongSchedule_SaysSo(string cron, string zone, string message)
    {
        var spec = new JobSpec("s", "e", new JobSchedule(cron, zone), TimeSpan.Zero, null, null);
        Assert.Equal(message, Assert.Throws<Bongsu.Query.QueryException>(() => Detector.Create(spec, s_rows)).Message);
    }

    private static DateTime Time(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    // Stretches of windows with the same problem, in hours since the first midnight.
    private static string Told(JobSpec spec, string rows)
    {
        var detector = new JobDetector(spec, s_rows);
        long midnight = Time("2026-11-20T15:00").Ticks; // of the 21st in Seoul
        var watches = new KeyWatches(detector);
        watches.Begin(0, midnight);
        Event[] events = [.. rows.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(' ')).Select(row =>
            new Event(midnight + Clock(row[0]).Ticks, 0, 0, row[1] == "start" ? JobDetector.StartBit : JobDetector.EndBit, 1))];
        var stretches = new List<(string Problem, TimeSpan From, TimeSpan To)>();
        TimeSpan step = TimeSpan.FromMinutes(5);
        watches.AdvanceTo(midnight);
        for (TimeSpan from = TimeSpan.Zero; from < TimeSpan.FromHours(31); from += step)
        {
            watches.BeginStretch();
            foreach (Event item in events.Where(item => item.Ticks >= midnight + from.Ticks && item.Ticks < midnight + (from + step).Ticks))
            {
                watches.Consume(item);
            }

            watches.AdvanceTo(midnight + (from + step).Ticks);
            foreach ((_, KeyWatch watch) in watches.Firing())
            {
                VectorBuilder[] values = [.. detector.ValueColumns.Select(column => VectorBuilder.Create(column.Type))];
                watch.Tell(values, [], midnight + from.Ticks, midnight + (from + step).Ticks);
                string problem = values[0].Build().GetScalar(0).AsString;
                if (stretches.Count > 0 && stretches[^1].Problem == problem && stretches[^1].To == from)
                {
                    stretches[^1] = (problem, stretches[^1].From, from + step);
                }
                else
                {
                    stretches.Add((problem, from, from + step));
                }
            }
        }

        return string.Join(", ", stretches.Select(stretch => $"{stretch.Problem} {Show(stretch.From)}-{Show(stretch.To)}"));
    }

    private static TimeSpan Clock(string text)
    {
        int[] parts = [.. text.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)), 0];
        return new TimeSpan(parts[0], parts[1], parts[2]);
    }

    private static string Show(TimeSpan time) => $"{(int)time.TotalHours:00}:{time.Minutes:00}";
}
