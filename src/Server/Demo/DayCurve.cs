namespace Bongsu.Server.Demo;

/// <summary>How busy people are through a Korean day and week.</summary>
internal static class DayCurve
{
    // Share of the busiest hour, by hour of the day in Seoul.
    private static readonly double[] s_hours =
    [
        0.42, 0.28, 0.20, 0.17, 0.17, 0.22, 0.35, 0.58, 0.80, 0.86, 0.88, 0.92,
        1.00, 0.95, 0.88, 0.86, 0.87, 0.90, 0.94, 0.92, 0.95, 0.97, 0.85, 0.62,
    ];

    /// <summary>0 … 1 for UTC ticks: hour by hour, smoothly, a little less on weekends.</summary>
    public static double PeopleAwake(long ticks)
    {
        var seoul = new DateTime(ticks + (9 * TimeSpan.TicksPerHour), DateTimeKind.Unspecified);
        double within = (seoul.Minute / 60.0) + (seoul.Second / 3600.0);
        double now = (s_hours[seoul.Hour] * (1 - within)) + (s_hours[(seoul.Hour + 1) % 24] * within);
        return seoul.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? now * 0.82 : now;
    }
}
