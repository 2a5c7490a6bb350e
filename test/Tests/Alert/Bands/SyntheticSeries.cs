using Bongsu.Alert.Bands;
using Bongsu.Core.Calendars;

namespace Bongsu.Tests.Alert.Bands;

/// <summary>A made-up series of requests per slot: day, week, holidays, trend, correlated noise, chance.</summary>
internal sealed class SyntheticSeries
{
    private readonly Random _random;
    private double _wander;

    public SyntheticSeries(int seed)
    {
        _random = new Random(seed);
    }

    public static Calendar Korea { get; } = new(new CalendarDefinition
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"),
        HasKoreanHolidays = true,
    });

    public Calendar Calendar { get; init; } = Korea;

    public DateTime Start { get; init; } = new(2026, 8, 20, 0, 0, 0, DateTimeKind.Utc);

    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(5);

    public double Level { get; init; } = 1000;

    public double Noise { get; init; } = 0.04;

    public double GrowthPerDay { get; init; }

    public bool IsCount { get; init; } = true;

    public double Offset { get; init; }

    public bool HasNightlyJob { get; init; }

    public double Weekend { get; init; } = 0.6;

    /// <summary>What changes a value of a point: its number and the value as it would be.</summary>
    public Func<DateTime, double, double> Change { get; init; } = (_, value) => value;

    public BandPoint[] Make(int days)
    {
        var points = new BandPoint[(int)(days * TimeSpan.TicksPerDay / Step.Ticks)];
        for (int point = 0; point < points.Length; point++)
        {
            DateTime time = Start + (Step * point);
            double mean = MeanAt(time);
            _wander = (0.9 * _wander) + (Noise * 0.436 * Normal());
            double value = mean * (1 + _wander + (Noise * 0.5 * Normal()));
            value = IsCount ? Poisson(Math.Max(0, value)) : value + Offset;
            points[point] = new BandPoint(time.Ticks, Change(time, value));
        }

        return points;
    }

    private double MeanAt(DateTime time)
    {
        long local = Calendar.ToLocal(time.Ticks);
        double hour = local % TimeSpan.TicksPerDay / (double)TimeSpan.TicksPerHour;
        DayKind kind = Calendar.KindOf(Calendar.DateOf(time.Ticks));
        double shape = 0.08 + Math.Pow(Math.Sin(Math.PI * (((hour + 24 - 4.5) % 24) / 24)), 2) + (0.35 * Math.Exp(-Math.Pow((hour - 12.3) / 0.7, 2)));
        double factor = kind switch
        {
            DayKind.Saturday or DayKind.Sunday => Weekend,
            DayKind.Holiday => Weekend * 0.9,
            DayKind.MajorHoliday => Weekend * 0.6,
            _ => 1,
        };
        double job = HasNightlyJob && hour is >= 3 and < 3.083 ? 2 : 0;
        double days = (time - Start).TotalDays;
        return Level * ((shape * factor) + job) * (1 + (GrowthPerDay * days));
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private double Poisson(double mean)
    {
        if (mean > 100)
        {
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        double limit = Math.Exp(-mean);
        int count = 0;
        for (double product = _random.NextDouble(); product > limit; product *= _random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
