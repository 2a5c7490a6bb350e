using BenchmarkDotNet.Attributes;
using Bongsu.Alert.Bands;
using Bongsu.Core.Calendars;

namespace Bongsu.Micro;

/// <summary>Learning the band of one series from four weeks of five-minute points, and keeping it up for a day.</summary>
[MemoryDiagnoser]
public class BandBenchmarks
{
    private const int PerDay = 288;
    private const int Days = 28;
    private readonly BandPoint[] _points = new BandPoint[(Days + 1) * PerDay];
    private BandModel _model = new(new BandOptions(), Calendar.Utc);
    private BandModel _learnt = new(new BandOptions(), Calendar.Utc);

    /// <summary>Makes the points.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var calendar = new Calendar(new CalendarDefinition
        {
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"),
            HasKoreanHolidays = true,
        });
        var random = new Random(1);
        long start = new DateTime(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        for (int point = 0; point < _points.Length; point++)
        {
            double day = Math.Pow(Math.Sin(Math.PI * (point % PerDay) / PerDay), 2) + 0.1;
            double week = point / PerDay % 7 >= 5 ? 0.6 : 1;
            double value = Math.Round(1000 * day * week * (0.95 + (0.1 * random.NextDouble())));
            _points[point] = new BandPoint(start + (point * 5 * TimeSpan.TicksPerMinute), value);
        }

        _model = new BandModel(new BandOptions(), calendar);
        _learnt = new BandModel(new BandOptions(), calendar);
        if (Learn() > 8192 || _model.Season != SeasonChoice.Week)
        {
            throw new InvalidOperationException($"{_model.MeasureBytes()} bytes, season {_model.Season}");
        }

        Console.WriteLine($"// a model holds {_model.MeasureBytes()} bytes");
    }

    /// <summary>Learns four weeks; gives the bytes of the model.</summary>
    [Benchmark]
    public long Learn()
    {
        _model.Learn(_points.AsSpan(0, Days * PerDay));
        return _model.MeasureBytes();
    }

    /// <summary>Learns four weeks, as a setup of the other.</summary>
    [IterationSetup(Target = nameof(Follow))]
    public void LearnForFollow() => _learnt.Learn(_points.AsSpan(0, Days * PerDay));

    /// <summary>Judges and learns one day, point by point.</summary>
    [Benchmark(OperationsPerInvoke = PerDay)]
    public double Follow()
    {
        double worst = 0;
        foreach (BandPoint point in _points.AsSpan(Days * PerDay))
        {
            worst = Math.Max(worst, _learnt.Judge(point.Ticks, point.Value, out _));
            _learnt.Observe(point.Ticks, point.Value);
        }

        return worst;
    }
}
